"""Which questions a benchmark asks: a user's own, of a file."""

from pathlib import Path

from eval.bench.corpus import QUESTIONS
from eval.datasets.squad import read_squad
from index.errors import InputError
from index.load.encoding import decode
from qa.engine import checked

_JSON = (".json", ".json.gz")
_REMEDY = "Give a text file with one question a line, or a SQuAD file (.json, .json.gz)."


def read_questions(file: Path | None) -> tuple[str, ...]:
    """Return the questions of a file, a few of ours if there is none. Raises InputError."""
    if file is None:
        return QUESTIONS
    try:
        found = _of_squad(file) if file.name.lower().endswith(_JSON) else _of_lines(file)
    except InputError as error:
        raise InputError(f"{file} holds no questions: {error.message}", remedy=_REMEDY) from error
    if not found:
        raise InputError(f"{file} holds no questions.", remedy=_REMEDY)
    for question in found:
        checked(question)
    return found


def _of_squad(file: Path) -> tuple[str, ...]:
    return tuple(question.text for question in read_squad(file).questions)


def _of_lines(file: Path) -> tuple[str, ...]:
    try:
        lines = decode(file.read_bytes()).splitlines()
    except OSError as error:
        raise InputError(f"{error.strerror}.", remedy="Check the path.") from error
    return tuple(line.strip() for line in lines if line.strip())
