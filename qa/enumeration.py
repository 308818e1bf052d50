"""The members of an enumeration: « les Dunes, la Cité-Neuve et le Vieux-Bassin » has three.

How a language joins the last of them is told by the list patterns of Unicode CLDR, through Babel.
"""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from index.article import UNDETERMINED, Span

LONGEST_MEMBER = 6  # words; what is longer is a clause
# Words that CLDR does not give: "e" before a vowel, and what joins without being a list's own.
_BESIDE_CLDR = {"es": ("e", "u"), "it": ("ed", "od"), "fr": ("ainsi que",), "uk": ("та", "й")}
_COMMA = re.compile(r"\s*[,،]\s+")


def members(text: str, span: Span, language: str) -> tuple[Span, ...]:
    """Return the members of the enumeration that a slice of a text is; the slice if it is none.

    An enumeration has commas, if any, and then one joining word: « Paris, capitale de la France »
    and « A et B, C » are none, for there a comma may begin an apposition.
    """
    joint = _joint(language)
    joined = list(joint.finditer(text, span.start, span.end)) if joint else []
    if len(joined) != 1:
        return (span,)
    commas = list(_COMMA.finditer(text, span.start, span.end))
    if any(comma.end() > joined[0].end() for comma in commas):
        return (span,)
    cuts = [comma for comma in commas if comma.end() <= joined[0].start()] + joined
    starts = [span.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), span.end]
    found = tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))
    lengths = [len(each.of(text).split()) for each in found]
    return found if all(0 < length <= LONGEST_MEMBER for length in lengths) else (span,)


@cache
def _joint(language: str) -> re.Pattern[str] | None:
    """Return what stands before the last member; None for a language that joins without a space."""
    if language == UNDETERMINED:  # Babel takes it for English
        return None
    try:
        patterns = Locale.parse(language).list_patterns
    except (UnknownLocaleError, ValueError):
        return None
    ends = [patterns[style][key] for style in ("standard", "or") for key in ("2", "end")]
    spaced = {end[3:-3].strip(" ,") for end in ends if end[3:-3].endswith(" ")}
    words = sorted(map(re.escape, spaced | {*_BESIDE_CLDR.get(language, ())}), key=len)
    return re.compile(rf"\s*,?\s+(?:{'|'.join(reversed(words))})\s+") if spaced else None
