from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from index.errors import UnreadableError
from index.load import Unread, load, pdf
from index.load.typesetting import Line, flowing_text, without_furniture

PdfMaker = Callable[..., bytes]

BODY = (
    (40, 500, "Le port de Kersaliou rouvre lundi matin, a annoncé la"),
    (40, 486, "mairie de la ville, qui attend aussi les bateaux du Royaume-"),
    (40, 472, "Uni et la réouverture du quai nord, puis celle du grand re-"),
    (40, 458, "nard de bronze."),
    (40, 430, "Le quai sud, lui, attendra mardi."),
)
TEXT = (
    "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville, qui attend aussi "
    "les bateaux du Royaume-Uni et la réouverture du quai nord, puis celle du grand renard de "
    "bronze.\n\nLe quai sud, lui, attendra mardi."
)


def test_lines_become_paragraphs_and_divided_words_whole(make_pdf: PdfMaker) -> None:
    assert pdf.read(make_pdf(BODY)).text == TEXT


def test_what_every_page_repeats_is_left_out(make_pdf: PdfMaker) -> None:
    pages = [
        (
            (40, 570, f"La Lettre du Large, n° {12}"),
            (40, 500, f"La page {name} parle du port."),
            (190, 30, f"{number} / 3"),
        )
        for number, name in enumerate(("première", "deuxième", "troisième"), start=1)
    ]
    text = pdf.read(make_pdf(*pages)).text
    assert "Lettre du Large" not in text
    assert "/" not in text
    assert [name in text for name in ("première", "deuxième", "troisième")] == [True] * 3


def test_a_sentence_goes_on_over_the_page(make_pdf: PdfMaker) -> None:
    first = ((40, 500, "Le port de Kersaliou rouvre lundi matin, a annoncé"),)
    second = ((40, 570, "la mairie de la ville, qui attend aussi les bateaux."),)
    assert pdf.read(make_pdf(first, second)).text == (
        "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville, qui attend "
        "aussi les bateaux."
    )


def test_title_and_date_come_from_the_file_where_they_make_sense(make_pdf: PdfMaker) -> None:
    about = pdf.read(
        make_pdf(BODY, about="/Title (Le port) /CreationDate (D:20260107093000Z)")
    ).about
    assert (about.title, about.published) == ("Le port", date(2026, 1, 7))
    for title in ("Microsoft Word - port.docx", "untitled", "port_final.indd", ""):
        about = pdf.read(make_pdf(BODY, about=f"/Title ({title}) /CreationDate (D:1970)")).about
        assert (about.title, about.published) == (None, None)


def test_a_title_that_broke_does_not_keep_the_text_out(make_pdf: PdfMaker) -> None:
    reading = pdf.read(make_pdf(BODY, about="/Title <FEFFD800>"))
    assert (reading.about.title, reading.text) == (None, TEXT)


def test_pictures_of_text_are_told_to_be_recognised_first(make_pdf: PdfMaker) -> None:
    with pytest.raises(UnreadableError, match="Run OCR"):
        pdf.read(make_pdf(()))


def test_a_locked_file_is_said_to_be_locked(make_pdf: PdfMaker) -> None:
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    lock += f" /O <{'00' * 32}> /U <{'00' * 32}> >> /ID [<00> <00>]"
    with pytest.raises(UnreadableError, match="locked with a password"):
        pdf.read(make_pdf(BODY, trailer=lock))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"no pdf", b"%PDF-1.7\n" + bytes(1000)])
def test_a_damaged_file_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        pdf.read(data)


def test_a_pdf_under_another_name_is_a_pdf(tmp_path: Path, make_pdf: PdfMaker) -> None:
    path = tmp_path / "port.txt"
    path.write_bytes(make_pdf(BODY))
    (article,) = load(path)
    assert not isinstance(article, Unread)
    assert article.text == TEXT


def test_several_threads_may_read(make_pdf: PdfMaker) -> None:
    data, texts = make_pdf(BODY), []
    threads = [Thread(target=lambda: texts.append(pdf.read(data).text)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [TEXT] * 8


def _column(*lines: str, left: float = 0.0) -> list[Line]:
    return [
        Line(
            text=text,
            left=left,
            right=left + 5 * len(text),
            bottom=-12 * n,
            top=10 - 12 * n,
            height=10,
        )
        for n, text in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("Il a-t-", "il dit oui"), "Il a-t-il dit oui"),
        (("eux-", "mêmes"), "eux-mêmes"),
        (("en 2025-", "2026 encore"), "en 2025-2026 encore"),
        (("la réou\u00ad", "verture"), "la réouverture"),
        (("la réou\ufffeverture",), "la réouverture"),
        (("un tiret -", "seul"), "un tiret - seul"),
    ],
)
def test_a_hyphen_goes_where_it_only_divides(rows: tuple[str, ...], text: str) -> None:
    assert flowing_text([_column(*rows)]) == text


def test_two_columns_are_read_one_after_the_other() -> None:
    left = _column("Le port rouvre lundi et la", "mairie attend les bateaux de")
    right = _column("la ville voisine, puis ceux", "du nord.", left=300)
    assert flowing_text([[*left, *right]]) == (
        "Le port rouvre lundi et la mairie attend les bateaux de "
        "la ville voisine, puis ceux du nord."
    )


def test_a_page_without_others_keeps_all_its_lines() -> None:
    page = _column("12", "Le port rouvre.", "12")
    assert without_furniture([page]) == [page]
