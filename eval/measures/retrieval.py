"""Whether the articles that answer were found, and how high up.

A record holds ranked passages; judgements are of articles. So each article stands where its best
passage does (maximum passage score, Dai & Callan 2019, arXiv 1905.09217). As 20 passages are kept,
measures look at 20 articles at most, at fewer where several passages are of one.

Computed by ir_measures (MacAvaney, Macdonald & Ounis, ECIR 2022, arXiv 2111.13466), which asks
trec_eval. None for a question without a relevant article; 0 where nothing was found.
"""

from collections.abc import Iterable, Mapping, Sequence

from eval.measures.interval import estimate, mean_of
from eval.measures.measured import Measured
from eval.record import Record
from qa.answer import FoundPassage

NAMES = ("ndcg@10", "recall@1", "recall@5", "recall@20", "mrr@10")
DEEPEST = 20  # passages that a record holds


def ranked_articles(candidates: Iterable[FoundPassage]) -> tuple[str, ...]:
    """Return the ids of the articles by their best passage, best first."""
    return tuple(dict.fromkeys(candidate.article_id for candidate in candidates))


def retrieval(record: Record) -> dict[str, float | None]:
    """Return the measures of one question, each in [0, 1].

    ``ndcg@10``: grades of the first ten articles, each over the logarithm of its rank plus one,
    over the same of the best order (Järvelin & Kekäläinen 2002). ``recall@k``: the share of the
    relevant articles among the first k. ``mrr@10``: one over the rank of the first relevant article
    (Voorhees 1999).
    """
    grades = record.question.grades
    if not grades:
        return dict.fromkeys(NAMES)
    return _evaluate(grades, ranked_articles(record.candidates))


def recall(grades: Mapping[str, int], ranked: Sequence[str], k: int) -> float:
    """Return the share of the relevant articles that are among the first k."""
    relevant = {article for article, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:k])) / len(relevant)


def recall_curve(records: Sequence[Record], *, deepest: int = DEEPEST) -> tuple[Measured, ...]:
    """Return the mean recall@1, recall@2 and so on, to be drawn against k."""
    ranked = [
        (record.question.grades, ranked_articles(record.candidates))
        for record in records
        if record.question.grades
    ]
    return tuple(
        estimate(mean_of([recall(grades, articles, k) for grades, articles in ranked]))
        for k in range(1, deepest + 1)
    )


def _evaluate(grades: Mapping[str, int], ranked: Sequence[str]) -> dict[str, float | None]:
    import ir_measures
    from ir_measures import RR, R, nDCG

    names = dict(zip((nDCG @ 10, R @ 1, R @ 5, R @ 20, RR @ 10), NAMES, strict=True))
    # trec_eval orders by score, and equal scores by name: ranks keep the order that was given.
    run = [ir_measures.ScoredDoc("q", article, -rank) for rank, article in enumerate(ranked)]
    judged = [ir_measures.Qrel("q", article, grade) for article, grade in grades.items()]
    found = {names[one.measure]: one.value for one in ir_measures.iter_calc(names, judged, run)}
    return {name: float(found[name]) for name in NAMES}
