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
# U+FFFE stays: it is PDFium's mark, and typesetting's, for a hyphen that divides a word.
_UNWANTED = re.compile(r"[\x00-\x1f\x7f\uffff\ud800-\udfff]")
_MADE_ON = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_OLDEST = date(1993, 1, 1)  # before, there was no PDF: a clock that was never set
# What programs write into the title when nobody did.
_NO_TITLE = re.compile(
    r"untitled.*|sans titre.*|microsoft (?:word|powerpoint).*|powerpoint.*|document\d*"
    r"|.*\.(?:docx?|odt|rtf|pages|indd|qx[dp]|pdf|tex|dvi|txt|html?|pptx?|xlsx?)|.*://.*",
    re.IGNORECASE,
)

_pdfium = Lock()  # PDFium is not thread-safe: two threads in it crash the process


class _TextPage(Protocol):
    """What is used of pypdfium2's text page; a box is left, bottom, right, top."""

    def get_text_range(self) -> str: ...
    def get_charbox(self, index: int, *, loose: bool) -> tuple[float, float, float, float]: ...
    def count_chars(self) -> int: ...
    def close(self) -> None: ...


class _Page(Protocol):
    def get_textpage(self) -> _TextPage: ...
    def close(self) -> None: ...


class _Document(Protocol):
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> _Page: ...
    def get_metadata_value(self, key: str) -> str: ...


def read(data: bytes) -> Reading:
    """Return the text, paragraphs parted by empty lines, and what the file says of itself.

    Raises UnreadableError for a file that is broken, locked or only pictures of text.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    with _pdfium:
        try:
            document = PdfDocument(data)
            try:
                about = _about(document)
                pages = list(_pages(document))
            finally:
                document.close()
        except PdfiumError as error:
            raise _translated(error) from error
    text = flowing_text(pages)
    if not text:
        raise UnreadableError(
            "The PDF has no text layer: its pages are pictures.",
            remedy="Run OCR first: ocrmypdf in.pdf out.pdf",
        )
    return Reading(text, about)


def _pages(document: _Document) -> Iterator[list[Line]]:
    """Yield the lines of each page, until there is more than one article may hold."""
    characters = 0
    for index in range(len(document)):
        lines = _page(document[index])
        yield lines
        characters += sum(len(line.text) for line in lines)
        if characters > 2 * MAX_CHARACTERS:
            return


def _page(page: _Page) -> list[Line]:
    text_page = page.get_textpage()
    try:
        return list(_lines(text_page))
    finally:
        text_page.close()
        page.close()


def _lines(page: _TextPage) -> Iterator[Line]:
    r"""Yield the lines of a page in reading order, with where they stand.

    PDFium parts lines by "\r\n", counted among the characters of the page, and puts the rows of a
    divided word into one line.
    """
    start, last = 0, page.count_chars() - 1
    for row in page.get_text_range().split("\n"):
        text = row.rstrip()
        shown = _UNWANTED.sub("", text).strip()
        if shown and start <= last:
            end = min(start + len(text) - 1, last)
            left, _, _, top = page.get_charbox(start, loose=True)
            _, bottom, right, top_of_last_row = page.get_charbox(end, loose=True)
            height = max(top_of_last_row - bottom, 1.0)
            yield Line(text=shown, left=left, right=right, bottom=bottom, top=top, height=height)
        start += len(row) + 1


def _about(document: _Document) -> Metadata:
    title = " ".join(_field(document, "Title").split())
    made_on = _MADE_ON.match(_field(document, "CreationDate"))
    about = Metadata.found(
        title=None if _NO_TITLE.fullmatch(title) else title,
        published="-".join(made_on.groups()) if made_on else None,
    )
    if about.published is not None and about.published < _OLDEST:
        return Metadata.found(title=about.title)
    return about


def _field(document: _Document, name: str) -> str:
    try:
        return document.get_metadata_value(name)
    except UnicodeDecodeError:  # a title that broke says nothing of the text
        return ""


def _translated(error: Exception) -> UnreadableError:
    if getattr(error, "err_code", None) == _PASSWORD_WANTED:
        return UnreadableError(
            "The PDF is locked with a password.",
            remedy="Unlock it first: qpdf --decrypt --password=… in.pdf out.pdf",
        )
    return UnreadableError(
        "The PDF is damaged or is none.", remedy="Fetch it again, or print it to a new PDF."
    )
