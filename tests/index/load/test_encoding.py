import pytest

from index.errors import UnreadableError
from index.load.encoding import decode

FRENCH = "L’été d’une idée : « Où êtes-vous ? », a-t-elle demandé à l’Élysée…"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("d’une", "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac-roman"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "utf-8-sig"),
        ("Der Außenminister möchte „natürlich“ über die Brücke gehen.", "cp1252"),
        ("El presidente señaló que España no enviará más tropas. ¿Por qué?", "cp1252"),
        ("Søndag så jeg en å i nærheden, og den var også kølig.", "cp1252"),
        ("Minister powiedział, że Polska nie wyśle żołnierzy w tym tygodniu.", "cp1250"),
        ("Ministr řekl, že Česko nepošle vojáky, ale příští týden přispěje.", "cp1250"),
        ("Министр заявил, что переговоры продолжатся на следующей неделе.", "cp1251"),
        ("Ο υπουργός δήλωσε ότι η χώρα δεν θα στείλει στρατεύματα.", "cp1253"),
        ("首相は記者会見で、日本は部隊を派遣しないと述べた。", "shift_jis"),
        ("总理在记者会上表示，不会派遣军队。", "gb18030"),
    ],
)
def test_an_encoding_is_told_from_the_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "windows-1252", "ascii"])
def test_a_declared_encoding_means_what_browsers_take_it_for(declared: str) -> None:
    assert decode("d’une".encode("cp1252"), declared=declared) == "d’une"


def test_utf_8_is_believed_before_a_wrong_declaration() -> None:
    assert decode("été".encode(), declared="iso-8859-1") == "été"


@pytest.mark.parametrize("declared", ["rot13", "base64", "unicode_escape", "utf-7", "no such", ""])
def test_a_declaration_that_is_no_encoding_of_texts_is_passed_over(declared: str) -> None:
    assert decode("d’une idée".encode("cp1252"), declared=declared) == "d’une idée"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"\x00\x01\x02\x03\xff\xfe\xfd",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"a\x01b\x02c\x03",
        b"\xff\xfea",
        bytes(reversed(range(128, 256))) * 4,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.remedy


def test_utf_8_that_broke_is_refused_with_the_place() -> None:
    broken = "Première ligne.\nL’été est déjà là, ".encode() + b"\xc3 et puis."
    with pytest.raises(UnreadableError, match="line 2"):
        decode(broken)


def test_a_page_may_have_an_odd_broken_byte() -> None:
    assert decode("L’été, déjà là".encode() + b"\xc3", mend=True) == "L’été, déjà là\ufffd"
    assert decode(b"<p>Le p\0ort</p>", mend=True) == "<p>Le port</p>"
