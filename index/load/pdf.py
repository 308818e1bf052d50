"""PDF: its text layer, page after page, with the words that a line end divides joined again."""

import re

from index.errors import UnreadableError
from index.load.admission import Reading
from index.load.metadata import Metadata

_MOST_PAGES = 2_000
_HYPHEN_AT_A_LINE_END = re.compile("[\ufffe\x02](?:\r?\n)?")  # what PDFium writes for one
_NO_TEXT = "Recognise its text first (ocrmypdf in.pdf out.pdf), and add the result."


def read(data: bytes) -> Reading:
    """Return the text of all pages and the document's title.

    Raises UnreadableError for what is no PDF, is encrypted or holds pictures of text only.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise UnreadableError(
            "It is no PDF that can be opened, or it has a password.",
            remedy="Save it again without a password.",
        ) from error
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableError(f"It has over {_MOST_PAGES:,} pages.", remedy="Split it.")
        pages = [page.get_textpage().get_text_range() for page in document]
        title = document.get_metadata_dict().get("Title")
    except PdfiumError as error:
        raise UnreadableError("One of its pages is broken.", remedy="Save it again.") from error
    finally:
        document.close()
    text = "\n\n".join(_lines(page) for page in pages).strip()
    if not text:
        raise UnreadableError("The PDF has no text layer.", remedy=_NO_TEXT)
    return Reading(text, Metadata.found(title=title))


def _lines(page: str) -> str:
    return _HYPHEN_AT_A_LINE_END.sub("", page).replace("\r\n", "\n").strip()
