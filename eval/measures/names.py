"""Every figure of a table: its name, its family, and which way is better."""

from dataclasses import dataclass

from eval.measures.answers import NAMES as ANSWERS
from eval.measures.citations import NAMES as CITATIONS
from eval.measures.cost import PERCENTS, STAGES
from eval.measures.refusal import NAMES as REFUSAL
from eval.measures.retrieval import NAMES as RETRIEVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a name stands for, in a line."""

    family: str  # retrieval, answers, citations, refusal, calibration, cost
    says: str
    higher_is_better: bool = True


def _latencies() -> dict[str, Description]:
    return {
        f"{stage}_ms.p{percent}": Description(
            family="cost",
            says=f"milliseconds of {percent} % of the questions, stage {stage}",
            higher_is_better=False,
        )
        for stage in STAGES
        for percent in PERCENTS
    }


MEASURES = {
    "ndcg@10": Description(family="retrieval", says="gain of the first 10 articles over the best"),
    "recall@1": Description(family="retrieval", says="share of the articles that is first"),
    "recall@5": Description(family="retrieval", says="share of the articles in the first 5"),
    "recall@20": Description(family="retrieval", says="share of the articles in the first 20"),
    "mrr@10": Description(family="retrieval", says="one over the rank of the first right article"),
    "hit@1": Description(family="answers", says="the first quote answers"),
    "hit@3": Description(family="answers", says="the first quote of the first 3 points answers"),
    "exact_match": Description(family="answers", says="the short answer is one of the right ones"),
    "token_f1": Description(family="answers", says="words in common with the short answer"),
    "facet_recall": Description(family="answers", says="lists: share of the items given"),
    "facet_precision": Description(family="answers", says="lists: share of the points right"),
    "facet_f1": Description(family="answers", says="lists: harmonic mean of both"),
    "verbatim": Description(family="citations", says="citations that are word for word (1)"),
    "citation_precision": Description(family="citations", says="citations that answer"),
    "citation_recall": Description(family="citations", says="answers that are cited"),
    "refusal_precision": Description(family="refusal", says="refused questions without answer"),
    "refusal_recall": Description(family="refusal", says="questions without answer refused"),
    "refusal_f1": Description(family="refusal", says="harmonic mean of both"),
    "refused_answerable": Description(
        family="refusal", says="questions with an answer refused", higher_is_better=False
    ),
    "auroc_answerable": Description(
        family="refusal", says="confidence tells questions with an answer from those without"
    ),
    "auroc_right": Description(
        family="refusal", says="confidence tells right first quotes from wrong ones"
    ),
    "aurc": Description(
        family="refusal", says="area under the risk–coverage curve", higher_is_better=False
    ),
    "ece": Description(
        family="calibration", says="expected calibration error", higher_is_better=False
    ),
    **_latencies(),
    "questions_per_second": Description(family="cost", says="asked one after the other"),
}

# What ``per_question`` gives: the measures of a table that are means, and the times of each stage.
PER_QUESTION = {name: MEASURES[name] for name in (*RETRIEVAL, *ANSWERS, *CITATIONS, *REFUSAL)} | {
    f"{stage}_ms": Description(
        family="cost", says=f"milliseconds, stage {stage}", higher_is_better=False
    )
    for stage in STAGES
}
