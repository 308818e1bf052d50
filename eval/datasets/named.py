"""Opens a question set by its name: a public one, the samples' own, or a path of the user's.

=================================  =================================================================
``piaf.dev``, ``time``, …          a public set of the data folder (``eval.datasets.public``)
``samples.train|dev|test``         our own questions over the sample articles
``FILE.json``, ``FILE.json.gz``    a file in the SQuAD layout
``FOLDER``, ``FOLDER.PART``        a folder in BEIR layout, or one of the user's own articles and
                                   questions: ``FOLDER/articles`` with ``FOLDER/questions.jsonl``
                                   or with ``FOLDER/questions/PART.jsonl``
``NAME:unanswerable``              any of these, each question once more without its answer
=================================  =================================================================
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from eval.datasets.beir import DEFAULT_PART, read_beir
from eval.datasets.errors import CollectionError
from eval.datasets.own import read_own
from eval.datasets.parallel import WITHOUT_ANSWER, with_twins
from eval.datasets.public import open_public, public_names
from eval.datasets.squad import read_squad
from eval.question import Collection

SAMPLES = Path(__file__).parents[2] / "samples"
OWN_LAYOUTS = (
    "a file in the SQuAD layout, a folder in BEIR layout, or a folder with articles/ and "
    "questions.jsonl"
)


def open_collection(name: str, data_dir: Path | None = None) -> Collection:
    """Return the set of a name; the module's table says which there are.

    ``data_dir`` is where the public ones are. Raises CollectionError, with the names that would do.
    """
    called = name.removesuffix(WITHOUT_ANSWER)
    collection = _found(called, data_dir)
    if collection is None:
        raise _missing(called, data_dir)
    checked = replace(_checked(collection, called), name=name)
    return with_twins(checked) if called != name else checked


def _found(name: str, data_dir: Path | None) -> Collection | None:
    called, _, part = name.partition(".")
    if called == "samples":
        return _of_folder(SAMPLES, part or None, called)
    public = open_public(name, data_dir) if data_dir else None
    return public or _of_path(Path(name))


def _of_path(path: Path) -> Collection | None:
    if path.is_file():
        return read_squad(path)
    if path.is_dir():
        return _of_folder(path, None, str(path))
    folder, part = path.with_suffix(""), path.suffix.removeprefix(".")
    return _of_folder(folder, part, str(folder)) if part and folder.is_dir() else None


def _of_folder(folder: Path, part: str | None, called: str) -> Collection:
    """Return the set of a folder, which is ``called`` so, without its part."""
    if (folder / "corpus.jsonl").is_file():
        return read_beir(folder, part=part or DEFAULT_PART)
    articles = folder / "articles"
    if not articles.is_dir():
        raise CollectionError(
            f"{folder} holds neither corpus.jsonl nor a folder articles.",
            remedy=f"Give {OWN_LAYOUTS}.",
        )
    parts = folder / "questions"
    questions = parts / f"{part}.jsonl" if part else folder / "questions.jsonl"
    if not questions.is_file():
        there = sorted(path.stem for path in parts.glob("*.jsonl"))
        named = _listed(f"{called}.{each}" for each in there)
        raise CollectionError(
            f"There is no file of questions {questions}.",
            remedy=f"Name one that is there: {named}." if there else f"Give {OWN_LAYOUTS}.",
        )
    return read_own(articles, questions)


def _checked(collection: Collection, name: str) -> Collection:
    """Refuse a set without questions, and ids that are given twice: records go by them."""
    if not collection.questions:
        reasons = _listed(f"{reason}: {count}" for reason, count in collection.left_out.items())
        raise CollectionError(
            f"{name} has no question that can be asked ({reasons or 'it is empty'}).",
            remedy="Check its file: an answer must stand in its text where answer_start says.",
        )
    for what, ids in (
        ("question", [question.id for question in collection.questions]),
        ("article", [article.id for article in collection.articles]),
    ):
        twice = [each for each, count in Counter(ids).items() if count > 1]
        if twice:
            raise CollectionError(
                f"{name} gives the {what} id {twice[0]!r} more than once.",
                remedy=f"Give every {what} an id of its own.",
            )
    return collection


def _missing(name: str, data_dir: Path | None) -> CollectionError:
    if data_dir is None:
        return CollectionError(
            f"There is no question set {name!r} here.",
            remedy=f"A public set needs --data-dir, where it lies; else give {OWN_LAYOUTS}.",
        )
    names = _listed(public_names(data_dir)) or "no set (they are looked for in qa/ and ir/)"
    return CollectionError(
        f"There is no question set {name!r}.",
        remedy=f"{data_dir} has: {names}. Or give {OWN_LAYOUTS}.",
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
