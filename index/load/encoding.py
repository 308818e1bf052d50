"""Bytes to characters: Unicode first, then what was declared, then what fits the alphabet.

A wrong guess turns every accent into rubbish that is then quoted: what cannot be told is refused.
"""

import codecs
import re

from index.errors import UnreadableError
from index.load.alphabets import looks_western

# Longest first: UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What may be declared, by Python's name; on the web "iso-8859-1" means windows-1252
# (WHATWG Encoding Standard, §4.2), and so on for its siblings.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
_MEANT |= {"gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874"}
_DECLARABLE = {f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
_DECLARABLE |= {f"cp{page}" for page in (866, 874, 932, 949, *range(1250, 1259))}
_DECLARABLE |= {"koi8-r", "koi8-u", "mac-roman", "euc_jp", "iso2022_jp", "big5", "big5hkscs"}
_DECLARABLE |= {"gb18030", "utf-8", "utf-16", "utf-16-le", "utf-16-be"}
_DETECTABLE = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"]
_DETECTABLE += ["koi8_r", "mac_roman", "cp850", "shift_jis", "euc_jp", "gb18030", "big5", "cp949"]
_SAMPLE = 100_000  # bytes that are enough to tell an encoding
_LEAST_COHERENCE = 0.2  # share of a language's usual letters; below it, a guess is a toss-up
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONVERT = "Convert it first: iconv -f WINDOWS-1252 -t UTF-8 old.txt > new.txt"


def decode(data: bytes, *, declared: str | None = None, mend: bool = False) -> str:
    """Return the characters of ``data`` without a byte order mark, otherwise exactly.

    ``declared`` is what an HTTP header or a page says; it is believed where the bytes are not
    UTF-8. ``mend`` replaces the odd broken byte of UTF-8 by U+FFFD and drops NULs, as browsers do.
    Raises UnreadableError for bytes that are no text or whose encoding cannot be told.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    text = _escaped(data, declared) or _unicode(data, mend=mend)
    if text is None:
        text = _declared(data, declared)
    if text is None and b"\0" not in data:
        text = _detected(data)
    if text is None or len(_CONTROLS.findall(text)) * 100 > len(text):
        raise _no_text()
    return text


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"It begins as {name.upper()} but breaks at byte {error.start}.",
            remedy="Save it again as UTF-8.",
        ) from error


def _escaped(data: bytes, declared: str | None) -> str | None:
    """Return text of the encodings that look like ASCII: they have to be declared."""
    return _declared(data, declared) if b"\x1b" in data else None


def _unicode(data: bytes, *, mend: bool) -> str | None:
    """Return UTF-8, or UTF-16 without a mark; None for what is neither."""
    if b"\0" in data[:_SAMPLE]:
        wide = _wide(data)
        if wide is not None or not mend:
            return wide
        data = data.replace(b"\0", b"")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        mended = data.decode(errors="replace")
        broken = mended.count("\ufffd")
        whole = sum(sign > "\x7f" for sign in mended) - broken
        if whole <= 3 * broken:  # other encodings hardly ever form whole characters of UTF-8
            return None
        if mend:
            return mended
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"It is UTF-8 but broken at byte {error.start} (line {line}).",
            remedy="Fetch or save it again; what is broken cannot be quoted.",
        ) from error


def _wide(data: bytes) -> str | None:
    """Return UTF-16 of mostly Latin text, where every other byte is zero, or None."""
    sample = data[:_SAMPLE]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if zeros * 3 > len(sample) and others == 0:
            return _strict(data, name)
    return None


def _declared(data: bytes, declared: str | None) -> str | None:
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
        name = _MEANT.get(name, name)
        return data.decode(name) if name in _DECLARABLE else None
    except (LookupError, ValueError):  # not the encoding it says it is, or none
        return None


def _detected(data: bytes) -> str:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if looks_western(western):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_DETECTABLE).best()
    if best is not None and (best.multi_byte_usage > 0 or best.coherence >= _LEAST_COHERENCE):
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise UnreadableError("Its encoding cannot be told.", remedy=_CONVERT)


def _no_text() -> UnreadableError:
    return UnreadableError(
        "It is no text but binary data.", remedy="Give text, Markdown, HTML, PDF or JSON Lines."
    )
