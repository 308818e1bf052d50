"""Articles that nobody has seen before, made of the sentences of those there are."""

import random
from collections.abc import Iterator, Sequence

from api.messages import ArticleFields
from index.article import Article

SENTENCES = 18  # of one article: a short piece of news, two or three passages


def made(articles: Sequence[Article], *, seed: int) -> Iterator[ArticleFields]:
    """Yield articles without end. Their passages are new, so that each needs the model.

    Not read by anyone: sentences of one language are thrown together at random.
    """
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    pieces: dict[str, list[str]] = {}
    for article in articles:
        found = [piece.strip() for piece in article.text.split(".") if len(piece.split()) > 3]
        pieces.setdefault(article.language, []).extend(found)
    languages = [language for language, found in sorted(pieces.items()) if found]
    weights = [len(pieces[language]) for language in languages]
    number = 0
    while True:
        number += 1
        (language,) = dice.choices(languages, weights)
        drawn = dice.choices(pieces[language], k=SENTENCES)
        text = " ".join(f"{piece}." for piece in (f"Dispatch {seed}/{number}", *drawn))
        yield ArticleFields(id=f"made-{seed}-{number}", text=text, language=language)
