"""A floor that is misspelt would hold nothing up: it is refused."""

from pathlib import Path

import pytest

from eval.datasets.named import open_collection
from eval.gate.floors import Floor, FloorsError, read_floors
from eval.measures.slices import ALL, Slice
from eval.run.asking import answering_languages

ROOT = Path(__file__).parents[3]


def read(tmp_path: Path, text: str):
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    return read_floors(path)


GOOD = 'set = "s"\nmeasure = "hit@1"\nat_least = 0.5\n'


def test_a_floor_is_of_all_questions_or_of_some(tmp_path: Path) -> None:
    text = f"[[floor]]\n{GOOD}[[floor]]\n{GOOD}language = 'fr'\n[[floor]]\n{GOOD}pair = 'en-fr'\n"
    found = read(tmp_path, text)
    assert [floor.slice for floor in found.floor] == [
        ALL,
        Slice(by="language", value="fr"),
        Slice(by="pair", value="en-fr"),
    ]
    assert found.sets == ("s",)


@pytest.mark.parametrize(
    ("floor", "value", "holds"),
    [
        (Floor(set="s", measure="hit@1", at_least=0.5), 0.5, True),
        (Floor(set="s", measure="hit@1", at_least=0.5), 0.4999, False),
        (Floor(set="s", measure="ece", at_most=0.1), 0.1, True),
        (Floor(set="s", measure="ece", at_most=0.1), 0.11, False),
        (Floor(set="s", measure="ece", at_most=0.0), 0.01, False),
    ],
)
def test_a_floor_holds_up_to_itself(floor: Floor, value: float, holds: bool) -> None:
    assert floor.holds(value) is holds


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "missing required field `floor`"),
        ("floor = []", "has no floor"),
        ("[[floor]\n", "is no file of floors"),
        (f"[[floor]]\n{GOOD}langauge = 'fr'\n", "unknown field `langauge`"),
        (f"[[floor]]\n{GOOD}[[flour]]\n", "unknown field `flour`"),
        ('[[floor]]\nset = "s"\nmeasure = "hits@1"\nat_least = 1\n', r"Did you mean hit@1\?"),
        ('[[floor]]\nset = "s"\nmeasure = "hit@1"\nat_most = 1\n', "hit@1 needs at_least"),
        ('[[floor]]\nset = "s"\nmeasure = "ece"\nat_least = 1\n', "ece needs at_most"),
        ('[[floor]]\nset = "s"\nmeasure = "ece"\n', "gives no bound"),
        (f"[[floor]]\n{GOOD}at_most = 0.9\n", "gives at_least and at_most"),
        (f"[[floor]]\n{GOOD}kind = 'list'\nlanguage = 'fr'\n", "names language and kind"),
        ('[[floor]]\nset = "s"\nmeasure = "hit@1"\nat_least = "high"\n', "Expected `float"),
    ],
)
def test_what_is_no_floor_is_refused_with_a_reason(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(FloorsError, match=complaint):
        read(tmp_path, text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FloorsError, match="cannot be read"):
        read_floors(tmp_path / "none.toml")


def test_our_own_floors_can_be_read_and_rest_on_questions() -> None:
    floors = read_floors(ROOT / "eval" / "floors.toml")
    assert floors.sets == ("samples.dev",)
    collection = open_collection("samples.dev")
    spoken = {article.id: article.language for article in collection.articles}
    there = {"language": set(), "kind": set(), "pair": set()}
    for question in collection.questions:
        there["language"].add(question.language)
        there["kind"].add(question.kind)
        for language in answering_languages(question, spoken):
            there["pair"].add(f"{question.language}-{language}")
    for floor in floors.floor:
        assert floor.slice == ALL or floor.slice.value in there[floor.slice.by], floor
    (verbatim,) = [floor for floor in floors.floor if floor.measure == "verbatim"]
    assert (verbatim.at_least, verbatim.slice) == (1.0, ALL)
