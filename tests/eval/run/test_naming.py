"""A run without a name of its own goes where it began, or to the next free name of the day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eval.question import Collection
from eval.record import Header
from eval.run.asking import asked
from eval.run.file import writing
from eval.run.header import local_header
from eval.run.naming import file_for, slug
from qa.engine import Engine

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


@pytest.fixture
def header(engine: Engine, collection: Collection) -> Header:
    return local_header("small.dev", collection, engine)


def ask(path: Path, header: Header, collection: Collection, engine: Engine, count: int) -> None:
    with writing(path, header, collection.questions) as writer:
        for question in collection.questions[len(writer.records) : count]:
            writer.add(asked(engine, question, {}))


def test_a_run_is_named_for_its_set_and_the_day(tmp_path: Path, header: Header) -> None:
    assert file_for(header, folder=tmp_path, today=MONDAY) == tmp_path / (
        "small.dev-2026-01-05.jsonl"
    )


def test_other_settings_on_the_same_day_get_a_number(
    tmp_path: Path, header: Header, collection: Collection, engine: Engine
) -> None:
    other = replace(header, settings={"passages": 3})
    first = file_for(header, folder=tmp_path, today=MONDAY)
    ask(first, header, collection, engine, 5)
    second = file_for(other, folder=tmp_path, today=MONDAY)
    assert second.name == "small.dev-2026-01-05-2.jsonl"
    ask(second, other, collection, engine, 5)
    assert file_for(header, folder=tmp_path, today=MONDAY) == first
    assert file_for(other, folder=tmp_path, today=MONDAY) == second


def test_what_was_not_finished_goes_on_the_next_day_and_what_was_begins_anew(
    tmp_path: Path, header: Header, collection: Collection, engine: Engine
) -> None:
    first = file_for(header, folder=tmp_path, today=MONDAY)
    ask(first, header, collection, engine, 2)
    assert file_for(header, folder=tmp_path, today=TUESDAY) == first
    ask(first, header, collection, engine, 5)
    assert file_for(header, folder=tmp_path, today=TUESDAY).name == "small.dev-2026-01-06.jsonl"


def test_a_file_that_is_none_of_ours_is_left_alone(tmp_path: Path, header: Header) -> None:
    (tmp_path / "small.dev-2026-01-05.jsonl").write_text("notes\n")
    found = file_for(header, folder=tmp_path, today=MONDAY)
    assert found.name == "small.dev-2026-01-05-2.jsonl"


@pytest.mark.parametrize(
    ("collection", "name"),
    [
        ("xquad.en-de.dev", "xquad.en-de.dev"),
        ("archive/our questions.jsonl", "our-questions"),
        ("../", "set"),
        ("élections.jsonl", "élections"),
    ],
)
def test_the_name_of_a_set_becomes_part_of_a_file_name(collection: str, name: str) -> None:
    assert slug(collection) == name
