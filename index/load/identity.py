"""Which article is which: ids that a reader can recognise and that stay the same when re-added.

An id that is given always wins. An address gives the same id however it was shared; a file keeps
its id when it is edited, and two files of one name have two.
"""

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")  # RFC 3986 §2.3, unreserved characters
_LONGEST_SLUG = 80
_PACKED = {".gz"}
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say how a reader came to the page, not which page it is.
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|at_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid"
    r"|igshid|mc_cid|mc_eid|mkt_tok|_ga|_gl|xtor|xtref|cmpid|ocid|__twitter_impression",
    re.IGNORECASE,
)


def of_text(text: str) -> str:
    """Return the id of a text of which nothing else is known."""
    return f"text-{_digest(text, 16)}"


def of_row(base: str, text: str) -> str:
    """Return the id of a row without one; a row that is edited becomes another article."""
    return f"{base}-{_digest(text, 16)}"


def of_file(path: Path) -> str:
    """Return the file's name without its endings, and eight digits for where it lies."""
    where = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]
    return f"{of_name(path)}-{where}"


def of_bytes(path: Path, data: bytes) -> str:
    """Return the file's name without its endings, and eight digits for what it holds.

    For a file of which nobody says where it lies: two "page.html" are two articles.
    """
    return f"{of_name(path)}-{hashlib.sha256(data).hexdigest()[:8]}"


def of_name(path: Path) -> str:
    """Return the file's name without its endings, fit for an id."""
    stem = Path(path.stem).stem if path.suffix.lower() in _PACKED else path.stem
    return _slug(stem) or "file"


def of_url(url: str | None) -> str | None:
    """Return host and path made readable, and eight digits for the whole address.

    None without an address, and for a home page: many articles may name that one as theirs.
    """
    if url is None:
        return None
    address = canonical(url)
    parts = urlsplit(address)
    if parts.path in {"", "/"} and not parts.query:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return f"{_slug(f'{host}{unquote(parts.path)}')}-{_digest(address, 8)}"


def canonical(url: str) -> str:
    """Return the address without fragment and tracking parameters, its host in lower case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{parts.port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    query = parts.query if len(kept) == parts.query.count("&") + 1 else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    # From "005.a/b" cut short, a hyphen or a dot may be left over at either end.
    return _UNSAFE.sub("-", plain)[:_LONGEST_SLUG].strip("-.")


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
