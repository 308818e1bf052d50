"""Which sentences say the same, and how far other articles bear one out."""

import re
from collections.abc import Iterable
from math import exp

from index.words import fold
from qa.countries import countries, nothing_but_countries
from qa.evidence import Evidence

SAME_AT = 0.95  # cosine of two sentences from which they say the same
_NUMBER = re.compile(r"\d+(?:[.,'’ \u00a0\u202f]\d{3}\b|[.,]\d+)*")  # 12 000, 1.5


def agreement(one: Evidence, others: Iterable[Evidence]) -> float:
    """Return how much is believed, in [0, 1], of a sentence elsewhere that says the same.

    Of the one that the reader believes most; 0 where there is none. Articles that are copies of one
    another do not bear each other out.
    """
    elsewhere = (each for each in others if each.record.group != one.record.group)
    return max((believed(each) for each in elsewhere if says_the_same(one, each)), default=0.0)


def believed(evidence: Evidence) -> float:
    """Return how likely the reader takes it that a sentence answers, in [0, 1]."""
    return 1 / (1 + exp(-evidence.signs["answers"]))


def says_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences are worded alike, are near in meaning, or give the same answer."""
    short, other_short = shown(one) or "", shown(other) or ""
    if not (words(one.text) == words(other.text) or float(one.vector @ other.vector) >= SAME_AT):
        return names_the_same(short, other_short)
    if not (short and other_short):
        return True
    if _numbers_differ(short, other_short):
        return False
    if nothing_but_countries(short) or nothing_but_countries(other_short):
        return countries(short) == countries(other_short)
    return within(short, other_short) or within(other_short, short)


def within(one: str, other: str) -> bool:
    """Whether the words of one short answer are among those of another."""
    return set(words(fold(one))) <= set(words(fold(other)))


def names_the_same(one: str, other: str) -> bool:
    """Whether two short answers are the same words, or nothing but names of the same countries.

    "300 soldats français" and "500 soldats français" are of one country, and differ.
    """
    there = nothing_but_countries(one)
    if there and there == nothing_but_countries(other):
        return True
    return bool(words(one)) and words(fold(one)) == words(fold(other))


def _numbers_differ(one: str, other: str) -> bool:
    """Whether both have numbers, and each has some that the other lacks."""
    here, there = _numbers(one), _numbers(other)
    return not (here <= there or there <= here)


def _numbers(text: str) -> set[str]:
    return {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}


def shown(evidence: Evidence) -> str | None:
    """Return the answering words of a sentence, verbatim."""
    return None if evidence.short is None else evidence.short.of(evidence.record.article.text)


def words(text: str) -> list[str]:
    """Return the words in lower case, without marks: how wording is compared."""
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()
