"""Whether a text reads like a Western European language: for telling windows-1252 from its likes.

The single-byte encodings share most of their letters, and on a short text statistics cannot tell
them apart: a French sentence is as likely in windows-1250. But only one of them turns *every*
accented letter into one that a single language writes.
"""

import re

# Letters beyond ASCII that each language writes, lower case.
_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüßé",  # German
        "áéíñóúüª\u00ba",  # Spanish
        "àèéìíòóùú",  # Italian
        "àáâãçéêíóôõúüªº",  # Portuguese
        "àçèéíïòóúü",  # Catalan
        "áäéëèêïíóöúüôû",  # Dutch
        "æøåéèêòóôü",  # Danish, Norwegian
        "åäöéàü",  # Swedish, Finnish
        "áðéíóúýþæö",  # Icelandic
    )
)
_SIGNS = frozenset("\xa0\xad’‘“”„«»‹›–—…•·€£§©®™°±²³½¼¾¡¿´¨`×")
# Between two letters these are letters of another alphabet: "żołnierz" reads "¿o³nierz".
_INSIDE_A_WORD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷„‹›…•™€][^\W\d_]")
_FOREIGN_SHARE = 0.05  # names: "Škoda" in a German text


def looks_western(text: str) -> bool:
    """Return whether every sign beyond ASCII is usual in one Western European language."""
    beyond = [sign for sign in text if sign > "\x7f"]
    letters = [sign.lower() for sign in beyond if sign.isalpha()]
    strange = sum(not sign.isalpha() and sign not in _SIGNS for sign in beyond)
    if not beyond or strange > len(beyond) * _FOREIGN_SHARE or _INSIDE_A_WORD.search(text):
        return False
    foreign = min(sum(letter not in known for letter in letters) for known in _ALPHABETS)
    # Where most letters lie beyond ASCII, the alphabet is not Latin at all.
    plain = sum(sign.isalpha() for sign in text) - len(letters)
    return foreign <= len(letters) * _FOREIGN_SHARE and len(letters) * 3 <= plain
