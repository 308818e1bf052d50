"""Trains the reader of ``qa/joint.py`` from public question sets.

    python -m eval.training train --data-dir DIR --work-dir DIR     # the next three in one
    python -m eval.training prepare --data-dir DIR --work-dir DIR   # cuts, reads once; 25 minutes
    python -m eval.training learn --work-dir DIR --minutes 90       # goes on where it was stopped
    python -m eval.training export --work-dir DIR                   # writes qa/joint.npz
    python -m eval.training held-out --work-dir DIR                 # losses on what was kept
    python -m eval.training curves --work-dir DIR                   # draws the losses
    python -m eval.training spans --data-dir DIR                    # token F1 of what is shipped

*Model.* The embedder's layers 7 to 12, which see the question and the text together, over the
states that its layers 1 to 6 leave of each alone; those stay as they are, so that they are computed
once (decomposed transformers: Cao et al. 2020, arXiv 2005.00697). The title of a text stands beside
it, for a story seldom names again what its headline names. Heads say of each token whether
the answer begins or ends there (linear, and bilinear with the mean of the question), of each
sentence and of the text whether it holds the answer.

*Learning.* A question comes with one text that answers and wrong ones that the embedder finds near
it. The losses are the span with a null option (Devlin et al. 2019, arXiv
1810.04805), the right sentences among all of the group (listwise: Cao et al. 2007) and each alone,
and the same of the texts. A share of the questions has no text that answers, and some ask of
another name than that of their text (``eval.training.swapped``); half of all have, for a wrong one,
the text that answers less the sentences that do.

*Data.* The train parts of the sets in ``recipe.SETS``, less every fifth paragraph, whose questions
are kept for ``eval.weigh``; half of the train part of our own questions, each in five languages as
well; and our own texts (``eval.training.own_texts``). Sets that translate one another are asked
across languages: three quarters of their questions of a text in a language drawn evenly, with wrong
texts in both. A share of the texts in French and some other languages is read without accents, and
a fifth of the questions with texts without their titles.

The shipped weights come from several sittings on one core, each going on from the one before: 18,
31 and 19 minutes by an earlier state of this code with the same losses and network, then 55 minutes
with PIAF asked more often and our own questions in other languages, 34 with the texts of several
positions, and then, on two cores and at a rate of 1.5e-4, 82 with the news and the texts without
the sentences that answer; the titles came after 15 of these, the swapped names after 34. All these
had four layers, 9 to 12. With 7 and 8 of the embedder put under them, 86 minutes more, at a rate of
2e-4, the last 62 with 90 texts of ``reference.jsonl`` and 318 of ``news.jsonl``; then 59 with 90
and 150 more, and the mean of the weights before and after these (``export --average-with``); then
52 with all of both, begun with that mean, and again the mean of before and after. Another 68 at a
rate of 6e-5 taught nothing that ``held-out`` shows, and were left.
"""
