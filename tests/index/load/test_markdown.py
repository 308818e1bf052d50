from datetime import date

import pytest

from index.errors import ArticleError, UnreadableError
from index.load import markdown

DOCUMENT = """---
id: 007
headline: "Deux frégates : la suite"
date: 2026-01-07 08:00
outlet: Le Phare
link: https://phare.example/fregates
lang: fr-FR
tags: [mer, armée]
---
# Deux *frégates* pour la mission

![Une frégate](fregate.jpg)

Le **Danemark** fournira [deux frégates](https://phare.example "x"),
a annoncé `la ministre` <b>mardi</b> &amp; mercredi.\\
Fin ~~certaine~~ probable.

- Le *premier* point
- Le second
    - et son détail

> Nous irons.

| Pays | Navires |
|------|---------|
| Danemark | 2 |

```
ligne  une
```
"""
TEXT = """Deux frégates pour la mission

Le Danemark fournira deux frégates, a annoncé la ministre mardi & mercredi.
Fin certaine probable.

Le premier point
Le second
et son détail

Nous irons.

Pays | Navires
Danemark | 2

ligne  une"""


def test_the_prose_is_kept_and_the_markup_is_not() -> None:
    assert markdown.read(DOCUMENT).text == TEXT


def test_front_matter_says_what_the_article_is() -> None:
    about = markdown.read(DOCUMENT).about
    assert (about.id, about.title, about.source) == ("007", "Deux frégates : la suite", "Le Phare")
    assert (about.published, about.language) == (date(2026, 1, 7), "fr")
    assert about.url == "https://phare.example/fregates"


def test_the_first_heading_is_the_title_otherwise() -> None:
    assert (
        markdown.read("Chapeau.\n\n# Le *port* rouvre\n\n# Suite").about.title == "Le port rouvre"
    )
    assert markdown.read("## Le port\n\nTexte").about.title is None


def test_broken_front_matter_names_its_line() -> None:
    with pytest.raises(UnreadableError, match="in line 3"):
        markdown.read("---\ntitle: ok\nsource: a: b\n---\nTexte")


def test_a_date_in_front_matter_that_is_none_is_said_to_be_none() -> None:
    with pytest.raises(ArticleError, match="published must be"):
        markdown.read("---\ndate: hier\n---\nTexte")


@pytest.mark.parametrize(
    "text", ["---\nUne phrase.\n---\nTexte", "---\n\nTexte", "Texte\n---\na: b"]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert "Texte" in markdown.read(text).text


@pytest.mark.parametrize(
    "text", ["[" * 2_000, ">" * 2_000, "*a " * 2_000, "- " * 2_000, "![a" * 2_000]
)
def test_markup_without_end_is_read_or_refused(text: str) -> None:
    markdown.read(f"{text}\n\nFin.")


def test_a_bomb_of_yaml_does_not_go_off() -> None:
    knots = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    about = markdown.read(f"---\na0: &a0 x\n{knots}title: Le port\n---\nTexte").about
    assert about.title == "Le port"
