"""From a question to the passages that may answer it: dense and lexical search, fused.

Both searches propose passages; each proposal gets both scores, and the order follows the sum of
their z-scores over the proposals (Bruch, Gai & Ingber 2023, arXiv 2210.11934, find such convex
combinations above reciprocal rank fusion). Embedders of many languages put texts of one language
close together, so that a French question prefers French passages whatever they say; the mean
cosine of the question with a language's passages is therefore taken off (centring by language:
Libovický, Rosa & Fraser 2020, arXiv 2004.05160), and each language proposes passages of its own.
The best of the proposals are ordered once more with a third z-score, of their nearest sentence: a
passage that answers in one sentence of six is not nearest as a whole (maximum passage score, Dai &
Callan 2019, arXiv 1905.09217). Its vectors are stored, so that this costs no model call.
"""

from dataclasses import dataclass, replace

import numpy as np

from index.protocols import Filters, Hit, PassageRecord, Scores, Snapshot, Vector

LEXICAL_WEIGHT = 0.7  # of the lexical z-score, the dense one having 1; both chosen on PIAF train
SENTENCE_WEIGHT = 0.6  # of the nearest sentence's
SHORTLIST = 50  # proposals whose sentences are looked at
LEXICAL_DEPTH = 1000  # a passage that BM25 ranks lower counts as one without a common word
FEWEST_PROPOSALS = 10  # of one language, however small its share


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as the searches need it."""

    text: str
    language: str
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that may answer, with the scores that brought it here."""

    record: PassageRecord
    dense: float  # cosine with the question
    centred: float  # the same, less the question's mean cosine with that language
    lexical: float  # BM25; 0 when no word matches
    score: float  # the fusion of both


def retrieve(
    question: Question, snapshot: Snapshot, filters: Filters, *, proposals: int, limit: int
) -> list[Candidate]:
    """Return at most ``limit`` passages, best first; empty when nothing is in scope.

    ``proposals`` is how many passages each of the two searches may propose.
    """
    proposed = propose(question, snapshot, filters, proposals)
    if not proposed:
        return []
    ids = sorted(proposed)
    dense = snapshot.cosines(question.vector, ids)
    centred = dense - mean_cosines(question, snapshot, [proposed[i].language for i in ids])
    lexical = np.array([proposed[i].lexical for i in ids])
    fused = z_scores(centred) + LEXICAL_WEIGHT * z_scores(lexical)
    shortlist = sorted(range(len(ids)), key=lambda row: (-fused[row], ids[row]))
    shortlist = shortlist[: max(limit, SHORTLIST)]
    records = snapshot.passages([ids[row] for row in shortlist])
    means = dense[shortlist] - centred[shortlist]
    nearest = np.array([(r.sentence_vectors @ question.vector).max() for r in records]) - means
    scores = fused[shortlist] + SENTENCE_WEIGHT * z_scores(nearest)
    candidates = [
        Candidate(
            record=record,
            dense=float(dense[row]),
            centred=float(centred[row]),
            lexical=float(lexical[row]),
            score=float(score),
        )
        for row, record, score in zip(shortlist, records, scores, strict=True)
    ]
    candidates.sort(key=lambda c: (-c.score, c.record.passage_id))
    return candidates[:limit]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that a search proposes: its language and its BM25 score so far."""

    language: str
    lexical: float = 0.0


def propose(
    question: Question, snapshot: Snapshot, filters: Filters, proposals: int
) -> dict[int, Proposal]:
    """Return the passages that either search proposes, by id."""
    proposed: dict[int, Proposal] = {}
    for hit in dense_proposals(question, snapshot, filters, proposals):
        proposed[hit.passage_id] = Proposal(hit.language)
    for rank, hit in enumerate(snapshot.lexical(question.text, LEXICAL_DEPTH, filters)):
        if rank < proposals or hit.passage_id in proposed:
            proposed[hit.passage_id] = Proposal(hit.language, hit.score)
    return proposed


def dense_proposals(
    question: Question, snapshot: Snapshot, filters: Filters, proposals: int
) -> list[Hit]:
    """Return the nearest passages, and of each language at least the nearest few."""
    nearest = snapshot.dense(question.vector, proposals, filters)
    languages = snapshot.languages(filters)
    if len(languages) < 2:
        return nearest
    for language in languages:
        of_language = sum(hit.language == language for hit in nearest)
        if of_language < FEWEST_PROPOSALS:
            only = replace(filters, language=(language,))
            nearest += snapshot.dense(question.vector, FEWEST_PROPOSALS, only)
    return nearest


def mean_cosines(question: Question, snapshot: Snapshot, languages: list[str]) -> Scores:
    """Return the question's mean cosine with all passages of each language, in their order."""
    centres = {language: snapshot.centroid(language) for language in set(languages)}
    means = {
        language: 0.0 if centre is None else float(centre @ question.vector)
        for language, centre in centres.items()
    }
    return np.array([means[language] for language in languages], dtype=np.float64)


def z_scores(scores: Scores) -> Scores:
    """Return how many standard deviations each score is above the mean; zeros if all are equal."""
    deviation = scores.std()
    if deviation < 1e-9:
        return np.zeros_like(scores)
    centred: Scores = (scores - scores.mean()) / deviation
    return centred
