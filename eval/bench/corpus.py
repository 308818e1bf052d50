"""What is measured on: the sample articles and questions to them."""

from pathlib import Path

from index.article import Article
from index.ingest import passages_of
from index.load import Unread, load
from index.protocols import Embedder

SAMPLES = Path("samples/articles")
QUESTIONS = (
    "which countries refuse to send troops?",
    "Quels pays refusent d'envoyer des soldats ?",
    "Welche Länder wollen keine Soldaten schicken?",
    "¿Qué países se niegan a enviar tropas?",
    "Quali paesi non vogliono inviare truppe?",
    "Qui a accueilli les dirigeants à Paris le 6 janvier 2026 ?",
    "Combien de personnes ont été blessées dans l'accident de train ?",
    "What did the prime minister say about the security guarantees for Ukraine after a ceasefire?",
    "Who won the 2026 World Cup?",
    "école",
)


def articles(samples: Path) -> list[Article]:
    """Return the articles of a folder; what cannot be read is left out."""
    return [found for found in load(samples) if not isinstance(found, Unread)]


def passages(found: list[Article], embedder: Embedder, tokens: int, limit: int) -> list[str]:
    """Return at most ``limit`` passages, cut as an index cuts them."""
    return [
        passage.span.of(article.text)
        for article in found
        for passage in passages_of(article, embedder, tokens)
    ][:limit]
