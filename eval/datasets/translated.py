"""The questions of a set in other languages: one question, one answer, many tongues.

Files of JSON Lines: ``{"of": "q001", "questions": {"de": "…", "en": "…"}}``. They serve training
and fitting, which need the same question asked across languages.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from eval.datasets.errors import CollectionError
from eval.datasets.files import rows
from eval.question import Collection, Question

TRANSLATED = Path(__file__).parents[2] / "samples" / "questions" / "translated"
EXPECTED = '{"of": "the id of a question", "questions": {"de": "the question in German", …}}'


class Translated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question in other languages."""

    of: str
    questions: dict[str, str]


def translations(path: Path, collection: Collection) -> Mapping[str, Mapping[str, str]]:
    """Return by the id of a question its words in other languages.

    Raises CollectionError for a file of another layout, an id that the collection does not have or
    that stands there twice, and for a translation without words.
    """
    known = {question.id for question in collection.questions}
    found: dict[str, Mapping[str, str]] = {}
    for row in rows(path, Translated, expected=EXPECTED):
        if row.of not in known or row.of in found:
            raise CollectionError(
                f"{path} translates {row.of!r}, which {collection.name} does not have, or twice.",
                remedy="Give each question of the set one line at most.",
            )
        if not all(words.strip() for words in row.questions.values()):
            raise CollectionError(
                f"{path} has a translation of {row.of!r} without a word.",
                remedy="Leave the language out.",
            )
        found[row.of] = row.questions
    return found


def in_other_languages(collection: Collection) -> list[Collection]:
    """Return a part of our own questions in each language it is translated into, in their order."""
    path = TRANSLATED / f"{collection.name.removeprefix('samples.')}.jsonl"
    found = translations(path, collection)
    languages = sorted({language for words in found.values() for language in words})
    return [asked_in(language, collection, found) for language in languages]


def asked_in(
    language: str, collection: Collection, translated: Mapping[str, Mapping[str, str]]
) -> Collection:
    """Return the same questions in the same order, asked in full and in ``language``.

    One that is in that language, or is not translated into it, stays in its own.
    """
    return replace(
        collection,
        name=f"{collection.name}:{language}",
        questions=tuple(
            _asked_in(language, question, translated.get(question.id, {}))
            for question in collection.questions
        ),
    )


def _asked_in(language: str, question: Question, words: Mapping[str, str]) -> Question:
    full = replace(question, text=question.standalone or question.text, history=(), standalone=None)
    return replace(full, text=words[language], language=language) if language in words else full
