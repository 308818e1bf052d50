"""A question word by word: where each stands, and what it does there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from index.language import COMMON_LANGUAGES, detect_language
from index.words import fold, words
from qa.function_words import FUNCTION_WORDS, FunctionWords

_WORD = re.compile(r"[^\W_]+")
BEGINS_ANEW = re.compile(r"[.?!:—]\s*[\"«“„(]?\s*")  # between two sentences
_WITHIN_A_NAME = frozenset([" ", "\N{NO-BREAK SPACE}", "-", "'", "’", ". "])

# There a noun has a capital as well: a name is what has no article, and that is not sure.
CAPITAL_NOUNS = frozenset(["de"])
VERB_OPENS = frozenset(["de", "es", "it"])  # "¿Enviará Italia …?": no part of the name
_BEFORE_NOUNS = ("determiners", "contracted", "choosers", "persons", "demonstratives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of letters and digits of a question: ``question[start:end]``."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a question from number ``first`` up to, not including, ``end``."""

    first: int
    end: int

    def __contains__(self, number: int) -> bool:
        return self.first <= number < self.end


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A question, its words, and its language, which may have no row of function words."""

    text: str
    words: tuple[Word, ...]
    language: str

    @classmethod
    def of(cls, text: str, *, otherwise: str | None = None) -> Self:
        """Cut a question into words. ``otherwise`` is its language where they do not tell it."""
        found = tuple(
            Word(text=match[0], folded=fold(match[0]), start=match.start(), end=match.end())
            for match in _WORD.finditer(text)
        )
        return cls(text=text, words=found, language=_language(found, otherwise))

    @cached_property
    def row(self) -> FunctionWords | None:
        """The function words of its language."""
        return FUNCTION_WORDS.get(self.language)

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The numbers of the words that say what it is about."""
        small = self.row.all if self.row else frozenset()
        return tuple(n for n, word in enumerate(self.words) if word.folded not in small)

    @cached_property
    def weight(self) -> int:
        """How many words say what it is about; pairs of characters where no spaces are written."""
        return len(self.content) if self.row else len(words(self.text, ""))

    @cached_property
    def names(self) -> tuple[Run, ...]:
        """What is written as a name; the first word, which has its capital anyway, before one."""
        runs: list[Run] = []
        for number in self.content:
            if not self._is_name(number):
                continue
            if runs and runs[-1].end == number and self._between(number) in _WITHIN_A_NAME:
                runs[-1] = Run(runs[-1].first, number + 1)
            else:
                runs.append(Run(number, number + 1))
        if runs and runs[0].first == 1 and self._may_open_a_name():
            runs[0] = Run(0, runs[0].end)
        return tuple(runs)

    def is_a(self, number: int, *kinds: str) -> bool:
        """Whether a word is of one of these kinds, fields of ``FunctionWords``, and is there."""
        if self.row is None or not 0 <= number < len(self.words):
            return False
        return any(self.words[number].folded in self.row.by_kind[kind] for kind in kinds)

    def cut(self, run: Run) -> str:
        """Return the text of a run that is not empty."""
        return self.text[self.words[run.first].start : self.words[run.end - 1].end]

    def begins_with(self, number: int, phrase: Sequence[str]) -> bool:
        """Whether the words from a number on are those of a phrase."""
        there = self.words[number : number + len(phrase)]
        return [word.folded for word in there] == list(phrase)

    @property
    def is_a_name(self) -> bool:
        """Whether there is one name and nothing else but its preposition and article."""
        named = (Run(0, len(self.words)),) if self._is_all_capitals() else self.names
        return len(named) == 1 and all(
            number in named[0] or self.is_a(number, "determiners", "prepositions", "contracted")
            for number in range(len(self.words))
        )

    def _is_all_capitals(self) -> bool:
        every = len(self.content) == len(self.words)
        return every and all(word.text[0].isupper() for word in self.words)

    @cached_property
    def opener(self) -> int:
        """How many of its first words only join it to what was said: "and", "what about"."""
        phrases = self.row.opening_phrases if self.row else ()
        fitting = (p for p in phrases if len(p) < len(self.words) and self.begins_with(0, p))
        return len(next(fitting, ()))

    def _may_open_a_name(self) -> bool:
        verb = self.language in VERB_OPENS and "?" in self.text
        return (
            not verb
            and 0 in self.content
            and self.words[0].text[0].isupper()
            and self._between(1) in _WITHIN_A_NAME
        )

    def _between(self, number: int) -> str:
        return self.text[self.words[number - 1].end : self.words[number].start]

    def _is_name(self, number: int) -> bool:
        word = self.words[number]
        if number == 0 or not (word.text[0].isupper() or _is_year(word)):
            return False
        if self.language in CAPITAL_NOUNS and self.is_a(number - 1, *_BEFORE_NOUNS):
            return False
        return BEGINS_ANEW.fullmatch(self._between(number)) is None


def _is_year(word: Word) -> bool:
    return len(word.text) == 4 and word.text.isdecimal()


def _language(found: Sequence[Word], otherwise: str | None) -> str:
    """Return the row that has most of the words; of equals ``otherwise``, or what they look like.

    That may be a language without a row. What has no word of any row may be a name alone.
    """
    text = " ".join(word.text for word in found)
    counts = {
        language: sum(word.folded in row.all for word in found)
        for language, row in FUNCTION_WORDS.items()
    }
    most = max(counts.values())
    if most == 0:
        if otherwise is not None and all(word.folded.isascii() for word in found):
            return otherwise
        return detect_language(text, among=COMMON_LANGUAGES)
    equal = [language for language, count in counts.items() if count == most]
    if otherwise is not None and otherwise in equal:
        return otherwise
    return equal[0] if len(equal) == 1 else detect_language(text, among=equal)
