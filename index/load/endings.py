"""What files are called that are not read, and what to do about each kind."""

_KNOWN = "Text, Markdown, HTML, PDF, JSON, JSON Lines, RSS and Atom are read."
_REMEDIES = {
    "Save it as PDF, HTML or text.": (
        ".doc .docx .odt .rtf .pages .ppt .pptx .epub .eml .mht .mhtml"
    ),
    "Write its rows as JSON Lines, one article a line.": ".csv .tsv .xls .xlsx .ods .parquet .sql",
    "Unpack it first.": ".zip .tar .tgz .7z .rar .bz2 .xz .zst .warc",
    "If it shows text, make it a PDF and run OCR: ocrmypdf --image-dpi 300 in.png out.pdf": (
        ".png .jpg .jpeg .gif .webp .tif .tiff .bmp .heic"
    ),
    "Write down what is said, and add that as text.": ".mp3 .mp4 .wav .m4a .ogg .mov .avi .mkv",
}
_BY_ENDING = {ending: remedy for remedy, endings in _REMEDIES.items() for ending in endings.split()}

# What file managers leave behind, in lower case: nobody means these when they add a folder.
LEFT_OUT = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "icon\r"})


def remedy_for(ending: str) -> str:
    """Return what to do with a file of an ending like ``.docx`` that is not read."""
    return _BY_ENDING.get(ending, _KNOWN)
