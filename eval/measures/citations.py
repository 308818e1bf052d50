"""Whether what is cited is there, and is what was asked for.

Named after ALCE (Gao et al. 2023, arXiv 2305.14627), where a model judges whether a citation
supports a sentence. Here the sentence *is* the citation, and the gold says which are right.
"""

from eval.measures.overlap import holds
from eval.record import Record
from qa.answer import Verdict

NAMES = ("verbatim", "citation_precision", "citation_recall")


def citations(record: Record) -> dict[str, float | None]:
    """Return the measures of one question, each in [0, 1].

    ``verbatim``: the share of the citations whose words stand in the article where they say, and
    are those of the quotes that use them; a quote without a citation counts as one that fails. Any
    value but 1 is a fault. None where nothing is cited. ``citation_precision``: the share of the
    citations that overlap a place that answers. ``citation_recall``: the share of the facets that a
    citation overlaps. Both are 0 where nothing is cited, and None where no place is gold.
    """
    question, cited = record.question, record.answer.citations
    if not question.facets:
        return {"verbatim": verbatim(record), "citation_precision": None, "citation_recall": None}
    right = sum(holds(citation, question.places) for citation in cited)
    found = sum(any(holds(c, facet.places) for c in cited) for facet in question.facets)
    return {
        "verbatim": verbatim(record),
        "citation_precision": right / len(cited) if cited else 0.0,
        "citation_recall": found / len(question.facets),
    }


def verbatim(record: Record) -> float | None:
    """Return the share of the citations that are word for word what the article says."""
    cited, quotes = record.answer.citations, [q for p in record.answer.points for q in p.quotes]
    numbers = {citation.number for citation in cited}
    uncited = sum(quote.citation not in numbers for quote in quotes)
    if not cited and not uncited:
        return None
    altered = {
        citation.number
        for citation in cited
        if any(q.citation == citation.number and q.text != citation.text for q in quotes)
    }
    exact = sum(
        verdict is Verdict.EXACT and citation.number not in altered
        for citation, verdict in zip(cited, record.verdicts, strict=True)
    )
    return exact / (len(cited) + uncited)
