"""The check of a set finds what is asked twice, what may be left out, and what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from eval.datasets.check.__main__ import main

TALKS = "Italy refused on Tuesday to send soldiers to the strait. Nobody was surprised."
COPY = "It was a long day. Italy refused on Tuesday to send any soldiers to the strait."
REFUSAL = {
    "article": "talks.txt",
    "text": "Italy refused on Tuesday to send soldiers to the strait.",
    "short": "Italy",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "questions").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TALKS)
    return tmp_path


def asked(id: str, text: str, **given: Any) -> dict[str, Any]:  # noqa: A002
    facets = [{"name": "Italy", "sentences": [REFUSAL]}]
    return {"id": id, "question": text, "language": "en", "facets": facets, **given}


def check(folder: Path, **parts: list[dict[str, Any]]) -> Result:
    for part, lines in parts.items():
        file = folder / "questions" / f"{part}.jsonl"
        file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    paths = [str(folder / "articles"), str(folder / "questions")]
    return CliRunner().invoke(main, paths, env={"COLUMNS": "200"})


def test_a_sound_set_is_counted_by_part_kind_and_language(folder: Path) -> None:
    result = check(
        folder,
        dev=[asked("a", "Who refused?"), asked("b", "Who agreed?", facets=[], close=True)],
        test=[asked("c", "¿Quién ganó?", language="es", kind="list", facets=[])],
    )
    assert result.exit_code == 0
    for row in ("kind dev test all", "fact 2 0 2", "list 0 1 1", "es 0 1 1", "none, but close 1 0"):
        assert row in " ".join(result.output.replace("│", " ").replace("┃", " ").split())
    assert "3 questions over 1 articles: every marked sentence stands" in result.output


def test_every_mistake_is_printed_with_its_line_and_the_exit_code_says_so(folder: Path) -> None:
    wrong = [{"name": "Italy", "sentences": [{**REFUSAL, "text": "Italy agreed.", "short": ""}]}]
    result = check(folder, dev=[asked("a", "Who?", facets=wrong), asked("b", "")])
    assert result.exit_code == 1
    assert "dev.jsonl:1: talks.txt: 'Italy agreed.' does not stand in the article" in result.output
    assert "dev.jsonl:2: The question is empty." in result.output
    assert "2 problems" in result.output


@pytest.mark.parametrize(
    ("second", "sameness"),
    [
        (asked("b", "who REFUSED", facets=[]), "It asks the same as 'a'"),
        (asked("b", "Qui refuse ?", facets=[], group="refusal"), "It is of the same group as 'a'"),
        (asked("b", "Qui refuse ?"), "It has the same answer as 'a'"),
        (
            asked("b", "And?", facets=[], history=[{"question": "x"}], standalone="Who refused?"),
            "It asks the same as 'a'",
        ),
    ],
)
def test_two_parts_may_not_ask_the_same(
    folder: Path, second: dict[str, Any], sameness: str
) -> None:
    first = asked("a", "Who refused?", group="refusal")
    result = check(folder, dev=[first], test=[second])
    assert result.exit_code == 1
    assert sameness in result.output
    assert check(folder, dev=[first, second], test=[]).exit_code == 0


def test_two_follow_ups_of_the_same_words_may_ask_different_things(folder: Path) -> None:
    turns = {"facets": [], "history": [{"question": "x"}]}
    first = asked("a", "And Poland?", standalone="Does Poland refuse?", **turns)
    second = asked("b", "And Poland?", standalone="Has Poland signed?", **turns)
    assert check(folder, dev=[first], test=[second]).exit_code == 0


def test_a_retelling_that_is_not_marked_is_a_warning(folder: Path) -> None:
    (folder / "articles" / "copy.txt").write_text(COPY)
    result = check(folder, dev=[asked("a", "Who refused?")])
    assert result.exit_code == 0
    assert "('Italy') may also stand in copy.txt: Italy refused on Tuesday" in result.output
    retold = {**REFUSAL, "article": "copy.txt", "text": COPY.partition(". ")[2]}
    complete = [{"name": "Italy", "sentences": [REFUSAL, retold]}]
    assert "left out?" not in check(folder, dev=[asked("a", "Who?", facets=complete)]).output


def test_an_article_that_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "articles" / "scan.png").write_bytes(b"\x89PNG")
    result = check(folder, dev=[asked("a", "Who refused?")])
    assert (result.exit_code, "scan.png: Files like" in result.output) == (0, True)


def test_a_folder_without_articles_is_no_traceback(folder: Path) -> None:
    (folder / "articles" / "talks.txt").unlink()
    result = check(folder, dev=[asked("a", "Who refused?")])
    assert result.exit_code == 1
    assert "There are no articles in" in result.output
