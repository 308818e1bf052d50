"""What is wrong with what the network says, as one number."""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, log_softmax

from eval.training.batch import Batch
from eval.training.recipe import NULL_WEIGHT

NEVER = -1e4  # a logit or score of what is not there

Said = tuple[Tensor, Tensor, Tensor, Tensor]  # see Network.forward


def losses(said: Said, batch: Batch, group: int) -> dict[str, Tensor]:
    """Return each loss by its name in ``recipe.WEIGHTS``; ``group`` pairs belong to a question."""
    starts, ends, sentences, texts = said
    known = sentences.masked_fill(~batch.sentences, NEVER)
    alone = binary_cross_entropy_with_logits(sentences, batch.right.float(), reduction="none")
    return {
        "span": span(starts, ends, batch),
        "sentence": listwise(known.view(-1, group * known.shape[1]), batch.right),
        "sentences": (alone * batch.sentences).sum() / len(texts),
        "text": binary_cross_entropy_with_logits(texts, batch.answers.float()),
        "texts": listwise(texts.view(-1, group), batch.answers),
    }


def span(starts: Tensor, ends: Tensor, batch: Batch) -> Tensor:
    """Return the loss of where answers begin and end; "none here" is the first place."""
    each = (among(starts, batch.starts) + among(ends, batch.ends)) / 2
    weight = torch.where(batch.answers, 1.0, NULL_WEIGHT) * batch.spans
    return (each * weight).sum() / weight.sum().clamp(min=1)


def listwise(scores: Tensor, right: Tensor) -> Tensor:
    """Return the mean loss of the questions of which something is right."""
    wanted = right.reshape(scores.shape)
    there = wanted.any(1)
    return (among(scores, wanted) * there).sum() / there.sum().clamp(min=1)


def among(scores: Tensor, right: Tensor) -> Tensor:
    """Return the negative log likelihood of the right ones together, shape ``(rows,)``."""
    likely = log_softmax(scores, 1).masked_fill(~right, NEVER)
    return -torch.logsumexp(likely, 1)
