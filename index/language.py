"""Which language a text is in, by py3langid (Lui & Baldwin 2012, "langid.py", ACL demos).

Small, without a model to fetch, and deterministic. Only languages that news comes in are
considered: without that, short French questions are taken for Latin or Occitan.
"""

from collections.abc import Collection
from copy import copy
from functools import cache, lru_cache
from typing import Protocol

from index.article import UNDETERMINED

_NEWS = """
    ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro
    ru sk sl sr sv sw ta th tr uk ur vi zh"""
NEWS_LANGUAGES = frozenset(_NEWS.split())
# Languages of most questions: one of these is believed even where the index holds none of it.
COMMON_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr", "uk", "zh"]
)
CHARACTERS = 4_000  # looked at: more does not change the result
_NAMES = {"no": "nb"}  # the model says Norwegian, news and question sets say Bokmål


class _Classifier(Protocol):
    def set_languages(self, langs: list[str]) -> None: ...
    def classify(self, text: str) -> tuple[str, float]: ...


def detect_language(text: str, *, among: Collection[str] | None = None) -> str:
    """Return the ISO 639-1 code of the text's language, ``und`` for a text without letters.

    ``among`` are the languages to choose from (those of news if None). Safe in several threads.
    """
    sample = text[:CHARACTERS]
    if not any(character.isalpha() for character in sample):
        return UNDETERMINED
    wanted = frozenset(among or ()) & NEWS_LANGUAGES or NEWS_LANGUAGES
    found, _ = _choosing(wanted).classify(sample)
    return _NAMES.get(found, found)


@lru_cache(maxsize=16)  # questions choose from few sets; one takes 5 ms to make
def _choosing(languages: frozenset[str]) -> _Classifier:
    """Return a classifier of its own for these languages, which threads may share."""
    classifier = copy(_classifier())
    classifier.set_languages(sorted(languages))
    return classifier


@cache
def _classifier() -> _Classifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier: _Classifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    return classifier
