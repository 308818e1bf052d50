"""Does a question lack something that was said before it? Decided by its words alone.

A question that stands on its own must not be mixed with the one before, so what is in doubt stands
on its own. Chosen on the train part of our own questions.
"""

import re
from enum import StrEnum

from qa.wording import Run, Wording

FEW = 2  # words that say what it is about: with no more, a question may be thin
OBJECT_AMONG = 3  # with no more, a pronoun behind them may still point out of the question
MANY = 6  # with more, a question tells enough, whatever it points to
OWN_SUBJECT = 4  # with as many and a name, a question that begins with "and" changes the subject

# Where the word for the weather is one for time as well, which is what a follow-up asks for.
_WEATHER = re.compile(
    r"\b(?:quel temps (?:fai|fera|va-t-il faire|a-t-il fait)|qué tiempo h(?:ace|izo|ará|acía)"
    r"|che tempo fa)",
    re.IGNORECASE,
)
_INTERROGATIVES = ("adverbs", "choosers", "amounts", "askers")


class Lack(StrEnum):
    """What shows that a question is a follow-up."""

    NOTHING = "nothing"  # it is none
    OPENED = "opened"  # it begins with "and", "what about"
    REFERENT = "referent"  # it has a pronoun whose noun is not in it
    SUBJECT = "subject"  # it has hardly a word that says what it is about, or only a name


def lack_of(asked: Wording) -> Lack:
    """Return what a question leaves to those before it."""
    if not asked.words:
        return Lack.NOTHING
    if asked.opener:
        begun = bool(asked.names) and asked.weight >= OWN_SUBJECT
        return Lack.NOTHING if begun else Lack.OPENED
    if asked.weight > MANY or (asked.names and _WEATHER.search(asked.text)):
        return Lack.NOTHING
    if points_back(asked):
        return Lack.REFERENT
    thin = _is_thin(asked) or asked.is_a_name or _says_only_a_name(asked)
    return Lack.SUBJECT if thin else Lack.NOTHING


def _is_thin(asked: Wording) -> bool:
    """Whether a question has no name and hardly a word that says what it is about.

    With two such words it may be whole ("When was the lighthouse lit?") or not ("How many people
    died?"): it is where one of them has an article and no preposition.
    """
    if asked.names or asked.weight > FEW:
        return False
    return asked.weight < FEW or not any(
        asked.is_a(number - 1, "determiners") and not asked.is_a(number - 2, "prepositions")
        for number in asked.content
    )


def _says_only_a_name(asked: Wording) -> bool:
    """Whether a question says nothing but one name, and does not ask who or what that is."""
    is_what = any(asked.is_a(number, "copulas") for number in range(len(asked.words)))
    named = [number for run in asked.names for number in range(run.first, run.end)]
    return len(asked.names) == 1 and named == list(asked.content) and not is_what


def points_back(asked: Wording) -> bool:
    """Whether a word of the question stands for something that is not in it."""
    idle = impersonal(asked)
    return any(
        _demonstrates(asked, number) or _refers(asked, number)
        for number in range(len(asked.words))
        if not any(number in run for run in idle)
    )


def impersonal(asked: Wording) -> tuple[Run, ...]:
    """Return the phrases in which a pronoun stands for nothing: "y a-t-il"."""
    return tuple(
        Run(number, number + len(phrase))
        for phrase in (asked.row.impersonal_phrases if asked.row else ())
        for number in range(len(asked.words))
        if asked.begins_with(number, phrase)
    )


def _demonstrates(asked: Wording, number: int) -> bool:
    """Whether it is the first word of "these museums", but not of "this week"."""
    return (
        asked.is_a(number, "demonstratives")
        and number + 1 in asked.content
        and not asked.is_a(number + 1, "now")
        and not asked.names
    )


def _refers(asked: Wording, number: int) -> bool:
    """Whether it is a pronoun, and no noun or name before it can be what it stands for."""
    if not asked.is_a(number, "persons", "things"):
        return False
    if asked.is_a(number, "demonstratives") and asked.is_a(number + 1, "now"):
        return False
    if _means_the_subject(asked, number):
        return False
    first = number
    while first and asked.text[: asked.words[first].start].endswith("-"):
        first -= 1  # "que propose-t-il": the verb is no noun
    if not any(before < first for before in asked.content):
        return True
    if asked.weight <= OBJECT_AMONG and _ends_outside(asked, number):
        return True
    named = any(run.first < number for run in asked.names)
    return first == number and not named and asked.weight <= OBJECT_AMONG


def _means_the_subject(asked: Wording, number: int) -> bool:
    """Whether a pronoun stands in a phrase before the question proper, whose subject is a name.

    "In his speech, what did Macron say?", but not "In his speech, what did he say about Macron?"
    """
    if not asked.is_a(0, "prepositions", "contracted"):
        return False
    begins = next((n for n in range(number + 1, len(asked.words)) if _begins(asked, n)), None)
    if begins is None:
        return False
    subject = next((run.first for run in asked.names if run.first >= begins), None)
    if subject is None or any(asked.is_a(n, "persons") for n in range(begins, subject)):
        return False
    before = subject - 1 - asked.is_a(subject - 1, "determiners")
    return before < begins or not asked.is_a(before, "prepositions", "contracted")


def _begins(asked: Wording, number: int) -> bool:
    """Whether the question proper begins with a word: an interrogative, or one behind a comma."""
    comma = "," in asked.text[asked.words[number - 1].end : asked.words[number].start]
    return comma or asked.is_a(number, *_INTERROGATIVES)


def _ends_outside(asked: Wording, number: int) -> bool:
    """Whether the question ends in a pronoun that is not its subject: "about it", "there"."""
    if number != len(asked.words) - 1:
        return False
    return asked.is_a(number, "things") or asked.is_a(number - 1, "prepositions")
