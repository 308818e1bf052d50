"""PDF files with a text layer, through PDFium."""

import re
from collections.abc import Iterator
from datetime import date
from threading import Lock
from typing import Protocol

from index.errors import UnreadableError
from index.load.admission import MAX_CHARACTERS, Reading
from index.load.metadata import Metadata
from index.load.typesetting import Line, flowing_text

_PASSWORD_WANTED = 4  # FPDF_ERR_PASSWORD
_HYPHEN_AT_LINE_END = "\ufffe"  # PDFium's mark for a hyphen that divides a word
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_MADE_ON = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_OLDEST = date(1990, 1, 1)  # before, there was no PDF: a clock that was never set
# What programs write into the title when nobody did.
_NO_TITLE = re.compile(
    r"untitled.*|sans titre.*|microsoft word.*|microsoft powerpoint.*|powerpoint.*|document\d*"
    r"|.*\.(?:docx?|odt|rtf|pages|indd|qxd|qxp|pdf|tex|dvi|txt|html?|pptx?|xlsx?)|.*://.*",
    re.IGNORECASE,
)

_pdfium = Lock()  # "PDFium is not thread-safe": two threads in it crash the process


class _TextPage(Protocol):
    """The part of pypdfium2's text page that is used here."""

    def get_text_range(self) -> str: ...
    def get_charbox(self, index: int) -> tuple[float, float, float, float]: ...
    def count_chars(self) -> int: ...


def read(data: bytes) -> Reading:
    """Return the text, paragraphs parted by empty lines, and what the file says of itself.

    Raises UnreadableError for a file that is broken, locked or only pictures of text.
    """
    import pypdfium2

    with _pdfium:
        try:
            with pypdfium2.PdfDocument(data) as document:
                about = _about(document.get_metadata_dict(skip_empty=True))
                pages = list(_pages(document))
        except pypdfium2.PdfiumError as error:
            raise _translated(error) from error
    text = flowing_text(pages)
    if not text:
        raise UnreadableError(
            "The PDF has no text layer: its pages are pictures.",
            remedy="Run OCR first: ocrmypdf in.pdf out.pdf",
        )
    return Reading(text, about)


def _pages(document: object) -> Iterator[list[Line]]:
    """Yield the lines of each page, until there is more than one article may hold."""
    characters = 0
    for index in range(len(document)):  # type: ignore[arg-type]
        page = document[index]  # type: ignore[index]
        textpage = page.get_textpage()
        lines = list(_lines(textpage))
        textpage.close()
        page.close()
        yield lines
        characters += sum(len(line.text) for line in lines)
        if characters > 2 * MAX_CHARACTERS:
            return


def _lines(page: _TextPage) -> Iterator[Line]:
    """Yield the lines of a page in reading order, with where they stand (in points)."""
    start = 0
    last = page.count_chars() - 1
    for raw in page.get_text_range().split("\n"):
        text = raw.rstrip("\r")
        # PDFium counts the line break it makes up, "\r\n", among the characters of the page.
        end = start + len(text) - 1
        divided = text.rstrip().endswith(_HYPHEN_AT_LINE_END)
        shown = _UNWANTED.sub("", text).strip()
        if shown and end <= last:
            left, bottom, _, top = page.get_charbox(start)
            _, _, right, _ = page.get_charbox(end)
            yield Line(shown, left=left, right=right, bottom=bottom, top=top, divided=divided)
        elif shown:
            yield Line(shown, divided=divided)
        start += len(raw) + 1


def _about(fields: dict[str, str]) -> Metadata:
    title = " ".join(fields.get("Title", "").split())
    made_on = _MADE_ON.match(fields.get("CreationDate", ""))
    published = "-".join(made_on.groups()) if made_on else None
    about = Metadata.found(title=None if _NO_TITLE.fullmatch(title) else title, published=published)
    if about.published is not None and about.published < _OLDEST:
        return Metadata.found(title=about.title)
    return about


def _translated(error: Exception) -> UnreadableError:
    if getattr(error, "err_code", None) == _PASSWORD_WANTED:
        return UnreadableError(
            "The PDF is locked with a password.",
            remedy="Unlock it first: qpdf --decrypt --password=… in.pdf out.pdf",
        )
    return UnreadableError(
        "The PDF is damaged or is none.", remedy="Fetch it again, or print it to a new PDF."
    )
