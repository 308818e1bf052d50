"""Whether a full stop ends its sentence, or belongs to the word before it."""

import re
from typing import NamedTuple

from index.abbreviations import AND_SO_ON, Abbreviations

_LONGEST_WORD = 40
_NOT_OF_A_WORD = frozenset('([{«‹“„"‚‘—–/,;:!?…')
_ELISION = re.compile(r".*['’]")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[IVX]{1,5})$")
_ROMAN = re.compile(r"[IVXLCDM]+\b")
_INITIALS_OF_A_NAME = re.compile(r"[A-ZÀ-Þ]\w?(?:\.-[A-ZÀ-Þ]\w?)+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,3}$")
_HEAD = re.compile(r"[^\W\d_]+['’]?")
_VOWEL = re.compile(r"[aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüýÿ]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]+$", re.IGNORECASE)
_ENDINGS = """
    com net org info gov edu html htm php pdf doc docx txt csv xml json js py md jpg jpeg
    png gif mp3 mp4 zip"""
_NAME_OF_A_FILE = frozenset(_ENDINGS.split())
_PART_OF_AN_ADDRESS = ("://", "www.", "@", "\\", "/", "_", "=", "&")
_LONGEST_ADDRESS = 60


class Stop(NamedTuple):
    """A run of terminators, where it stands and what closes after it."""

    text: str
    sentence_start: int
    start: int  # first terminator
    end: int  # one past the last terminator
    close: int  # one past the closing marks that follow
    limit: int  # end of the paragraph

    def word_before(self) -> str:
        """Return the word that the stop touches; empty after a space."""
        start = self.start
        floor = max(self.sentence_start, start - _LONGEST_WORD)
        while start > floor:
            character = self.text[start - 1]
            if character.isspace() or character in _NOT_OF_A_WORD:
                break
            start -= 1
        return self.text[start : self.start]


def ends_at_full_stop(stop: Stop, first: int, known: Abbreviations) -> bool:
    """Decide for a full stop, white space and a word that begins at ``first``, not in lower case."""
    whole_word = stop.word_before()
    word = _ELISION.sub("", whole_word) or whole_word
    if not word[-1:].isalnum():
        return True
    if _ENUMERATOR.match(word) and _is_first_word(stop, whole_word):
        return False
    if word.isdigit():
        return not (known.ordinals and len(word) <= 2) or _starts_sentence(stop, first, known)
    if known.ordinals and _ROMAN.fullmatch(word):
        return _starts_sentence(stop, first, known)
    # A single capital is an initial, whatever the small letter abbreviates.
    forms = {word} if len(word) == 1 else {word, word.casefold()}
    if not forms.isdisjoint(AND_SO_ON):
        return True
    if not forms.isdisjoint(known.never_end) or _are_initials(word):
        return False
    if not forms.isdisjoint(known.before_number):
        return not (stop.text[first].isdigit() or _ROMAN.match(stop.text, first))
    if not forms.isdisjoint(known.may_end) or _ACRONYM.match(word):
        return _starts_sentence(stop, first, known)
    return not _looks_shortened(word) or _ends_shortened(stop, first, word, known)


def ends_without_space(stop: Stop, known: Abbreviations) -> bool:
    """Decide for a stop that a word touches: "discussion.Franceinfo rapporte"."""
    first = stop.close
    while first < stop.limit and stop.text[first] in "«“„\"'‘([¿¡":
        first += 1
    word = stop.word_before()
    if first >= stop.limit or not _begins_capitalised(stop, first) or not word:
        return False
    if word.casefold() in known.never_end or word in known.never_end or _in_address(stop):
        return False
    if stop.close > stop.end or stop.text[stop.start] != ".":
        return True
    if not stop.text[first].isupper():
        return len(word) > 2 and word[-1].isalpha() and not word[-1].isupper()
    if word[-1].islower() and len(word) > 2:
        return True
    return (len(word) > 1 and "." not in word) and _starts_sentence(stop, first, known)


def _are_initials(word: str) -> bool:
    return word != "J.-C" and _INITIALS_OF_A_NAME.match(word) is not None


def _ends_shortened(stop: Stop, first: int, word: str, known: Abbreviations) -> bool:
    """Decide for an initial, a unit or an abbreviation that no list holds."""
    before = stop.start - len(word)
    if stop.text[max(0, before - 2) : before].strip()[-1:].isdigit():
        return True  # "760 nm. Après"
    if len(word) == 1 and (stop.text[first].isdigit() or _is_name(stop, first)):
        return False
    return _starts_sentence(stop, first, known)


def _is_first_word(stop: Stop, word: str) -> bool:
    before = stop.start - len(word)
    # Two characters: a bracket and a space. A longer look would be paid again at every stop.
    near = max(stop.sentence_start, before - 3)
    return not stop.text[near:before].strip(" \t([") and before - stop.sentence_start < 3


def _starts_sentence(stop: Stop, first: int, known: Abbreviations) -> bool:
    """Whether the word at ``first`` is one that usually begins a sentence."""
    head = _HEAD.match(stop.text, first, stop.limit)
    if head is None:
        return True
    if stop.text[head.end() : head.end() + 1] == ".":
        return False  # "J. A. Martin"
    word = head[0].casefold().replace("’", "'")
    return word in known.starters or (len(word) > 2 and word.rstrip("'") in known.starters)


def _is_name(stop: Stop, first: int) -> bool:
    """Whether the word at ``first`` and the one after it are capitalised: "J. Le Goff"."""
    words = stop.text[first : first + _LONGEST_WORD].split(maxsplit=2)
    return len(words) > 1 and words[1][0].isupper()


def _looks_shortened(word: str) -> bool:
    """Whether a word is one letter, or short, in Latin script, without vowel and no acronym."""
    if len(word) == 1:
        return True
    return (
        len(word) <= 4
        and not word.isupper()
        and _LATIN.match(word) is not None
        and not _VOWEL.search(word)
    )


def _begins_capitalised(stop: Stop, first: int) -> bool:
    """Whether a capital with a small letter or an apostrophe stands there, or a caseless letter."""
    character = stop.text[first]
    if character.isalpha() and not character.isupper() and not character.islower():
        return True
    after = stop.text[first + 1 : first + 2]
    return character.isupper() and (after.islower() or after in ("'", "’", " "))


def _in_address(stop: Stop) -> bool:
    """Whether the stop is inside a URL, an e-mail address, a domain or the name of a file."""
    text = stop.text
    before = text[max(0, stop.start - _LONGEST_ADDRESS) : stop.start].split()[-1:]
    after = text[stop.end : stop.end + _LONGEST_ADDRESS].split(maxsplit=1)[:1]
    around = "".join(before) + "".join(after)
    if any(part in around for part in _PART_OF_AN_ADDRESS):
        return True
    head = _HEAD.match(text, stop.end)
    return head is not None and head[0].casefold() in _NAME_OF_A_FILE
