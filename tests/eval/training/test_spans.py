"""The words that the shipped reader takes for the answer, in the text that has it."""

from pathlib import Path

import pytest

from eval.datasets.errors import HeldOutError
from eval.training.spans import likeliest, span_f1
from index.article import Article
from qa.joint import JointReader

CACHE = Path("~/.cache/pullquote").expanduser()


@pytest.fixture(scope="module")
def reader() -> JointReader:
    return JointReader.shipped(cache=CACHE)


def test_the_words_stand_in_the_text_and_answer(reader: JointReader) -> None:
    text = (
        "Le conseil municipal s'est réuni lundi. La passerelle a coûté 3,2 millions d'euros. "
        "Elle a été inaugurée par le maire, Hélène Aubrac."
    )
    article = Article(id="a", text=text, title=None, language="fr")
    found = likeliest(reader, "Combien a coûté la passerelle ?", article)
    assert found in text
    assert "3,2" in found


def test_a_test_part_is_refused(reader: JointReader, tmp_path: Path) -> None:
    with pytest.raises(HeldOutError):
        span_f1(reader, "piaf.test", tmp_path)
