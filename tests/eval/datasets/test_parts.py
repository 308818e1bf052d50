"""Nothing is chosen on a test part."""

from pathlib import Path

import pytest

from eval.datasets.errors import HeldOutError
from eval.datasets.parts import refuse_test, tunable
from eval.fit import read_set


@pytest.mark.parametrize(
    "name",
    [
        "piaf.test",
        "piaf.train+test",
        "xquad.en-de.test",
        "samples.test",
        "samples.test:unanswerable",
        "time",
        "cnil-faq-fr",
        "archive/questions/test.jsonl",
        "archive/TEST.json.gz",
    ],
)
def test_a_test_part_is_refused_and_the_error_says_so(name: str) -> None:
    assert not tunable(name)
    with pytest.raises(HeldOutError, match=r"is a test part.*Tune on a train or dev part"):
        refuse_test(name)


@pytest.mark.parametrize(
    "name",
    [
        "piaf.dev",
        "piaf.train+dev:unanswerable",
        "samples.train",
        "tests/archive.json",
        "contest.dev",
        "latest.json",
    ],
)
def test_other_parts_may_be_tuned_on(name: str) -> None:
    assert tunable(name)
    refuse_test(name)


def test_a_folder_read_as_its_test_part_is_refused_unless_another_is_named(tmp_path: Path) -> None:
    judged = tmp_path / "archive" / "qrels" / "test.tsv"
    judged.parent.mkdir(parents=True)
    judged.touch()
    assert not tunable(str(tmp_path / "archive"))
    assert tunable(str(tmp_path / "archive.dev"))


def test_the_fit_refuses_a_test_part_before_it_looks_for_the_file(tmp_path: Path) -> None:
    with pytest.raises(HeldOutError):
        read_set(tmp_path, "piaf", "test", "fr")
