"""A run that is stopped, however it is stopped, goes on without losing or doubling a record."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval.question import Collection
from eval.record import Header, Record
from eval.run.asking import asked
from eval.run.errors import RunFileError
from eval.run.file import Writer, differences, read_run, writing
from eval.run.header import local_header
from qa.engine import Engine

ROOT = Path(__file__).parents[3]
WAIT_S = 120

# Asks 150 questions, one after the other, as `eval run` does.
PROGRAM = """
import importlib.util, sys
from dataclasses import replace
from pathlib import Path
from eval.question import Collection
from eval.run.asking import asked
from eval.run.file import writing
from eval.run.header import local_header
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

def module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found

embedder = module("shared", "tests/conftest.py").HashingEmbedder()
small = module("small", "tests/eval/conftest.py")
folder, path = Path(sys.argv[1]), Path(sys.argv[2])
questions = tuple(
    replace(question, id=f"{question.id}-{number}")
    for number in range(30) for question in small.QUESTIONS
)
collection = Collection(name="small", articles=small.ARTICLES, questions=questions)
store = LocalStore.open(folder, fingerprint="hashing-64", dimension=64, model="hashing")
with Engine(Settings(data=folder, model="hashing", reader="off"), store, embedder) as engine:
    list(engine.add(collection.articles))
    header = local_header("small", collection, engine)
    with writing(path, header, questions) as writer:
        print(len(writer.records), flush=True)
        for question in questions[len(writer.records):]:
            writer.add(asked(engine, question, {}))
print("ended", flush=True)
"""


def begin(index: Path, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(index), str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_run_that_is_killed_goes_on_and_no_record_is_doubled_or_lost(tmp_path: Path) -> None:
    index, path = tmp_path / "index", tmp_path / "run.jsonl"
    found_at_start = []
    for kills_at in (2_000, 60_000, 130_000):
        with begin(index, path) as process:
            assert process.stdout is not None
            found_at_start.append(int(process.stdout.readline()))
            while path.stat().st_size < kills_at:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
    with begin(index, path) as process:
        output, _ = process.communicate(timeout=WAIT_S)

    assert output.split()[1] == "ended"
    assert 0 == found_at_start[0] < found_at_start[1] < found_at_start[2] < int(output.split()[0])
    run = read_run(path)
    ids = [record.question.id for record in run.records]
    assert run.whole
    assert len(ids) == len(set(ids)) == 150
    assert ids[:5] == ["sends-0", "refuses-0", "bread-0", "where-0", "japan-0"]


@pytest.fixture
def header(engine: Engine, collection: Collection) -> Header:
    return local_header("small", collection, engine)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "run.jsonl"


@pytest.fixture
def fill(
    path: Path, header: Header, collection: Collection, engine: Engine
) -> Callable[[], list[str]]:
    """Asks what is left to ask; returns the ids that were asked."""

    def ask_rest() -> list[str]:
        with writing(path, header, collection.questions) as writer:
            left = collection.questions[len(writer.records) :]
            for question in left:
                writer.add(asked(engine, question, {}))
        return [question.id for question in left]

    return ask_rest


def test_a_run_is_read_as_it_was_written(
    path: Path, header: Header, collection: Collection, fill: Callable[[], list[str]]
) -> None:
    fill()
    run = read_run(path)
    assert run.header == header
    assert run.whole
    assert tuple(record.question for record in run.records) == collection.questions


def test_wherever_a_file_is_cut_off_the_run_goes_on_after_the_last_whole_line(
    path: Path,
    fill: Callable[[], list[str]],
    timeless: Callable[[Record], Record],
) -> None:
    fill()
    whole, content = read_run(path), path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(content) if byte == ord("\n")]
    cuts = {0, 1, *(end + shift for end in ends for shift in (-1, 0, 1, 40))}
    for cut in sorted(cut for cut in cuts if cut < len(content)):
        path.write_bytes(content[:cut])
        lines = sum(end <= cut for end in ends)
        assert len(fill()) == 5 - max(lines - 1, 0)
        again = read_run(path)
        assert [*map(timeless, again.records)] == [*map(timeless, whole.records)]


def test_a_whole_run_is_not_asked_again(path: Path, fill: Callable[[], list[str]]) -> None:
    assert len(fill()) == 5
    before = path.read_bytes()
    assert fill() == []
    assert path.read_bytes() == before


def test_the_time_of_the_start_makes_no_other_run(
    path: Path, header: Header, collection: Collection, fill: Callable[[], list[str]]
) -> None:
    fill()
    later = replace(header, started="2030-01-01T00:00:00+00:00")
    with writing(path, later, collection.questions) as writer:
        assert writer.header == header


def test_a_file_of_other_settings_is_refused_and_says_in_what_it_differs(
    path: Path, header: Header, collection: Collection, fill: Callable[[], list[str]]
) -> None:
    fill()
    before = path.read_bytes()
    other = replace(header, settings=header.settings | {"passages": 3})
    with (
        pytest.raises(RunFileError, match=r"passages was 20, is 3\. .*--out"),
        writing(path, other, collection.questions),
    ):
        pass
    assert path.read_bytes() == before


def test_headers_differ_in_what_differs(header: Header) -> None:
    newer = replace(header, generation=9, versions=header.versions | {"code": "abc"})
    differing = differences(header, newer)
    assert differing[0] == f"generation was {header.generation}, is 9"
    assert differing[1] == f"code was {header.versions['code']}, is abc"
    assert len(differing) == 2


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "not a single whole line"),
        (b'{"format":1', "not a single whole line"),
        (b"a letter\n", "its first line is no header"),
        (b'{"format":99}\n', "format 99; this version reads format 1"),
        (b'{"format":1}\n', "Line 1 of .* is no record"),
    ],
)
def test_what_is_no_run_is_refused(path: Path, content: bytes, complaint: str) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(RunFileError, match=complaint):
        read_run(path)


def test_a_damaged_line_is_named(path: Path, fill: Callable[[], list[str]]) -> None:
    fill()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b'{"question": 4}\n', *lines[4:]]))
    with pytest.raises(RunFileError, match=r"Line 4 of .* is no record"):
        read_run(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match="pullquote eval run SET"):
        read_run(tmp_path / "none.jsonl")


def test_a_file_in_a_place_that_takes_none_is_told(
    tmp_path: Path, header: Header, collection: Collection
) -> None:
    (tmp_path / "letter").write_text("a file, not a folder")
    with (
        pytest.raises(RunFileError, match="cannot be written"),
        writing(tmp_path / "letter" / "run.jsonl", header, collection.questions),
    ):
        pass


def test_two_runs_do_not_write_to_one_file(
    path: Path, header: Header, collection: Collection
) -> None:
    with (
        writing(path, header, collection.questions),
        pytest.raises(RunFileError, match="Another run is just writing"),
        writing(path, header, collection.questions),
    ):
        pass


def test_records_of_other_questions_are_refused(
    path: Path, header: Header, collection: Collection, fill: Callable[[], list[str]]
) -> None:
    fill()
    with (
        pytest.raises(RunFileError, match="not those of the first questions"),
        writing(path, header, collection.questions[1:]),
    ):
        pass


def test_a_full_disk_is_told_and_what_was_written_stays(
    header: Header, engine: Engine, collection: Collection
) -> None:
    with Path("/dev/full").open("wb", buffering=0) as file:
        writer = Writer(Path("/dev/full"), file, header, [])
        with pytest.raises(RunFileError, match="No space left"):
            writer.add(asked(engine, collection.questions[0], {}))
    assert writer.records == []
