"""When two short answers are the same: the normalisation of SQuAD, language by language.

Rajpurkar et al. 2016 (arXiv 1606.05250) lower the case and drop punctuation and the English
articles. MLQA (Lewis et al. 2020, arXiv 1910.07475) does so for other languages, and takes Chinese
character by character. Here it is done for French and Italian too, whose articles may be elided,
and the Arabic article is dropped where a word begins with it, not everywhere.
"""

import re
import string
import unicodedata

from index.words import fold

_APOSTROPHES = "'’ʼ"
_ELIDED = {
    "fr": "c|d|j|l|m|n|s|t|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": "l|un|d|dell|all|dall|nell|sull|coll|quell|quest",
}
_ARTICLES = {
    "ar": r"\bال",
    "de": r"\b(?:ein|eine|einen|einem|eines|einer|der|die|das|den|dem|des)\b",
    "en": r"\b(?:a|an|the)\b",
    "es": r"\b(?:un|una|unos|unas|el|la|los|las)\b",
    "fr": r"\b(?:le|la|les|un|une|des|du|au|aux)\b",
    "it": r"\b(?:il|lo|la|i|gli|le|un|uno|una)\b",
    "pt": r"\b(?:o|a|os|as|um|uma|uns|umas)\b",
    "vi": r"\b(?:của|là|cái|chiếc|những)\b",
}
_ELISIONS = {
    language: re.compile(rf"\b(?:{words})[{_APOSTROPHES}]") for language, words in _ELIDED.items()
}
_ARTICLE = {language: re.compile(pattern) for language, pattern in _ARTICLES.items()}
# Kana, Han and Thai: no spaces, so every character is a token.
_UNSPACED = re.compile(r"([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def tokens(text: str, language: str, *, accents: bool = True) -> list[str]:
    """Return the words of a short answer, in order, as they are compared.

    ``language`` is an ISO 639-1 code; one without a list of articles loses none. Without
    ``accents``, "Brévane" and "Brevane" are the same.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    if elision := _ELISIONS.get(language):
        lowered = elision.sub(" ", lowered)
    bare = "".join(character for character in lowered if not _is_punctuation(character))
    if article := _ARTICLE.get(language):
        bare = article.sub(" ", bare)
    return _UNSPACED.sub(r" \1 ", bare if accents else fold(bare)).split()


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")
