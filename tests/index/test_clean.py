from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import own_words

PROSE = "Le pont de Varmont a rouvert lundi, après huit mois de travaux."
MORE = "La mairie attend deux mille voitures par jour."


def kept(text: str) -> list[str]:
    return [span.of(text) for span in own_words(text)]


def test_consecutive_lines_of_prose_are_one_span() -> None:
    text = f"  {PROSE}\n\n{MORE}\r\n "
    assert kept(text) == [text.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "Newsletter Newsletters Events Évènements Podcasts Vidéos",
        "Partager Close Button",
        "SUIVEZ-NOUS",
        "Publicité",
        "Anzeige",
        "Pubblicità",
        "We use cookies to improve your visit. You can refuse them.",
        "Wir verwenden Cookies, um die Seite zu verbessern.",
        "Lire aussi : Le tunnel de Brune restera fermé",
        "Te puede interesar: El puente vuelve a abrir",
        "#pont #Varmont #travaux ville",
        "Tous droits réservés  AP Photo/Jeanne Morel",
        "Le nouveau pont vu du quai. Tous droits réservés AP Photo/Jeanne Morel",
        "Par Jeanne Morel & Radio Varmont",
        "Von Anna Keller und Jan Brandt",
        "Publié le Mis à jour",
        "Published on 7 January 2026 at 10:32",
        "Accéder aux raccourcis d’accessibilité",
        "S'abonner",
        "Tags: pont, travaux",
        "Copyright 2025 The Varmont Post. All rights reserved.",
    ],
)
def test_a_line_of_the_page_is_left_out(line: str) -> None:
    assert kept(f"{PROSE}\n{line}\n{MORE}") == [PROSE, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law will change in March.",
        "Les newsletters coûtent cher aux journaux.",
        "Partager, c'est gagner du temps.",
        "Read more books, the minister told pupils.",
        "Par temps de pluie, le pont ferme.",
        "Von Macht und Geld",
        "Tous droits réservés aux riverains, la rue ferme lundi.",
        "Publicité : les règles changent en janvier.",
        "#Varmont est le mot le plus écrit de la semaine.",
        "« Nous utilisons des cookies », a reconnu le maire.",
    ],
)
def test_a_sentence_about_such_things_is_kept(line: str) -> None:
    text = f"{PROSE}\n{line}\n{MORE}"
    assert kept(text) == [text]


def test_headlines_announced_after_the_last_sentence_are_left_out() -> None:
    text = f"{PROSE}\n\nÀ découvrir également\n\nLe tunnel ferme\n\nQue retenir de la crue ?"
    assert kept(text) == [PROSE]


def test_a_headline_announced_amid_the_article_is_left_out_and_the_prose_after_it_kept() -> None:
    text = f"{PROSE}\n\nLeggi anche\n\nIl ponte riapre\n\n{MORE}"
    assert kept(text) == [PROSE, MORE]


def test_a_heading_before_any_sentence_does_not_take_the_title_with_it() -> None:
    assert kept(f"Read also\nBridge opens\n{PROSE}") == [f"Bridge opens\n{PROSE}"]


def test_a_repeated_paragraph_counts_once() -> None:
    assert kept(f"{PROSE}\n{MORE}\n{PROSE}") == [f"{PROSE}\n{MORE}"]


def test_a_text_of_nothing_but_buttons_is_kept_whole() -> None:
    assert kept(" Partager\nPublicité \n") == ["Partager\nPublicité"]


def test_a_blank_text_has_no_words() -> None:
    assert own_words(" \n\u00a0\n") == ()


@given(
    st.lists(
        st.sampled_from([PROSE, MORE, "Publicité", "Lire aussi", "Un titre", "#a #b", ""])
        | st.text(max_size=30)
    )
)
def test_spans_are_in_order_trimmed_apart_and_never_all_missing(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = own_words(text)
    assert bool(spans) == bool(text.strip())
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    for before, after in pairwise(spans):
        assert text[before.end : after.start].strip()
