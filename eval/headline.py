"""The few figures that a person looks at first, in the order in which an answer comes about."""

HEADLINE = {
    "recall@5": "an article that answers is among the first five",
    "ndcg@10": "articles that answer stand high up in the ranking",
    "hit@1": "the first quote answers",
    "hit@3": "one of the first three answers",
    "facet_f1": "items of a list, found and right",
    "verbatim": "citations that are word for word",
    "refusal_recall": "questions without an answer that were refused",
    "refused_answerable": "questions with an answer that were refused",
    "auroc_answerable": "the confidence tells questions with an answer from those without",
    "ece": "how far the confidence is from the share that is right",
    "total_ms.p50": "milliseconds a question, median",
    "total_ms.p95": "milliseconds a question, 95 % take less",
}
