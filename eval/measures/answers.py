"""Whether the answer is right: the sentence, the short text, and every item of a list.

All are None for a question without an answer and for one whose gold are grades of articles alone;
they are 0 where the answer was withheld.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eval.measures.normalise import tokens
from eval.measures.overlap import first_quoted, holds, quoted
from eval.question import Facet, Question
from eval.record import Record
from index.article import UNDETERMINED
from qa.answer import Point

NAMES = (
    "hit@1",
    "hit@3",
    "exact_match",
    "token_f1",
    "facet_recall",
    "facet_precision",
    "facet_f1",
)


def answers(record: Record) -> dict[str, float | None]:
    """Return the measures of one question, each in [0, 1].

    ``hit@k``: the first quote of one of the first k points overlaps a place that answers.
    ``exact_match``, ``token_f1``: the first point's short text (its first quote while it has none)
    against the short texts of the gold, the best of them (Rajpurkar et al. 2016, arXiv 1606.05250);
    None where the gold has no short text. ``facet_…``: lists alone, see ``facets``.
    """
    question, points = record.question, record.answer.points
    if not question.facets:
        return dict.fromkeys(NAMES)
    return {
        **dict.fromkeys(NAMES),
        "hit@1": float(_hit(record, points[:1])),
        "hit@3": float(_hit(record, points[:3])),
        **_short(record),
        **(facets(record) if is_list(question) else {}),
    }


def first_right(record: Record) -> bool | None:
    """Whether the first quote answers: what the confidence is the probability of.

    False where nothing is quoted or nothing would be right; None where the gold does not tell,
    being grades of articles alone.
    """
    if record.question.answerable and not record.question.facets:
        return None
    return _hit(record, record.answer.points[:1])


def is_list(question: Question) -> bool:
    """Whether a question asks for several answers, or has several."""
    return question.kind == "list" or len(question.facets) > 1


def facets(record: Record) -> Mapping[str, float]:
    """Return recall, precision and F1 of the items of a list, as QAMPARI scores them.

    Amouyal et al. 2023 (arXiv 2205.12665), with quotes: a point gives a facet if one of its quotes
    overlaps a place of it, or if its short text is one of its short texts. ``facet_recall`` is the
    share of the facets that a point gives, ``facet_precision`` the share of the points that give a
    facet; both are 0 without points, as in the script of ALCE (arXiv 2305.14627).
    """
    asked, points = record.question.facets, record.answer.points
    given = [[_gives(record, point, facet) for facet in asked] for point in points]
    recall = sum(map(any, zip(*given, strict=True))) / len(asked) if given else 0.0
    precision = sum(map(any, given)) / len(points) if given else 0.0
    return {
        "facet_recall": recall,
        "facet_precision": precision,
        "facet_f1": 2 * recall * precision / (recall + precision) if recall else 0.0,
    }


def exact_match(given: Sequence[str], gold: Sequence[str]) -> float:
    """Return 1 if two lists of tokens are equal, else 0."""
    return float(list(given) == list(gold))


def token_f1(given: Sequence[str], gold: Sequence[str]) -> float:
    """Return the harmonic mean of the shares of tokens that two short texts have in common.

    A token counts as often as it stands in both. Without tokens on a side, 1 if there are none on
    the other either (Rajpurkar, Jia & Liang 2018, arXiv 1806.03822).
    """
    if not given or not gold:
        return exact_match(given, gold)
    return 2 * (Counter(given) & Counter(gold)).total() / (len(given) + len(gold))


def _hit(record: Record, points: Iterable[Point]) -> bool:
    places = record.question.places
    return any(holds(first_quoted(record.answer, point), places) for point in points)


def _short(record: Record) -> dict[str, float | None]:
    shorts = [short for facet in record.question.facets for short in facet.shorts]
    if not shorts:
        return {"exact_match": None, "token_f1": None}
    if not record.answer.points:
        return {"exact_match": 0.0, "token_f1": 0.0}
    first = record.answer.points[0]
    language = _language(record, first)
    given = tokens(short_text(first), language)
    golds = [tokens(short, language) for short in shorts]
    return {
        "exact_match": max(exact_match(given, gold) for gold in golds),
        "token_f1": max(token_f1(given, gold) for gold in golds),
    }


def short_text(point: Point) -> str:
    """Return the short text of a point, its first quote while it has none."""
    return point.short or next((quote.text for quote in point.quotes), "")


def _gives(record: Record, point: Point, facet: Facet) -> bool:
    if any(holds(citation, facet.places) for citation in quoted(record.answer, point)):
        return True
    language = _language(record, point)
    short = tokens(point.short or "", language)
    return bool(short) and any(short == tokens(gold, language) for gold in facet.shorts)


def _language(record: Record, point: Point) -> str:
    """Return the language of the words: that of the article they are from."""
    cited = first_quoted(record.answer, point)
    told = (cited.language if cited else UNDETERMINED, *record.languages, record.question.language)
    return next((language for language in told if language != UNDETERMINED), UNDETERMINED)
