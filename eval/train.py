"""Trains the reader's scorer: gradient descent on a listwise and a pointwise loss."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eval.examples import Example, Examples
from qa.features import SCALARS
from qa.surface import COUNT

if TYPE_CHECKING:
    import torch

RANK, DEMANDS, UNITS = 24, 8, 48
EPOCHS, BATCH, RATE, DECAY = 3, 32, 4e-3, 0.3  # chosen on held-out training paragraphs
POINTWISE = 0.25  # weight of the pointwise loss, the listwise one having 1
DROPOUT = 0.3

Arrays = dict[str, npt.NDArray[np.float32]]


def train(data: Examples, *, seed: int, epochs: int = EPOCHS) -> Arrays:
    """Return the arrays of ``qa.read.Scorer``.

    The loss of a question is the negative log likelihood of its right sentences among all that
    were read (listwise: Cao et al. 2007) plus the binary cross entropy of each sentence, which
    gives the scores a zero that means the same for every question.
    """
    import torch

    torch.manual_seed(seed)
    dimension = data.vectors.shape[1]
    scalars = np.concatenate([example.scalars for example in data.examples])
    mean, deviation = scalars.mean(axis=0), scalars.std(axis=0) + 1e-6
    weights = initial(dimension, len(SCALARS) + 3)
    optimizer = torch.optim.AdamW(weights.values(), lr=RATE, weight_decay=DECAY)
    order = np.random.default_rng(seed)
    steps = epochs * (len(data.examples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=max(steps, 2))
    vectors = torch.from_numpy(data.vectors)
    for _ in range(epochs):
        for batch in batches(data.examples, order):
            inputs = padded(batch, mean, deviation, vectors)
            scores = logits(weights, inputs)
            loss = listwise(scores, inputs["right"]) + POINTWISE * pointwise(
                scores, inputs["right"], inputs["there"]
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(weights.values(), 5.0)
            optimizer.step()
            schedule.step()
    learnt = {name: value.detach().numpy() for name, value in weights.items()}
    return {"mean": mean, "deviation": deviation, **learnt}


def initial(dimension: int, width: int) -> "dict[str, torch.nn.Parameter]":
    """Return random weights; the matches begin as the plain inner product, seen through noise."""
    import torch

    scale = 1 / dimension**0.25
    projection = torch.randn(dimension, RANK) * scale
    return {
        name: torch.nn.Parameter(value)
        for name, value in {
            "question": projection.clone(),
            "sentence": projection.clone(),
            "passage": projection.clone(),
            "demand": torch.randn(dimension, DEMANDS),
            "supply": torch.randn(DEMANDS, COUNT) * 0.2,
            "hidden": torch.randn(width, UNITS) * 0.1,
            "hidden_bias": torch.zeros(UNITS),
            "output": torch.randn(UNITS) * 0.1,
            "direct": torch.zeros(width),
            "bias": torch.tensor(-2.0),
        }.items()
    }


def batches(examples: Sequence[Example], order: np.random.Generator) -> Iterator[list[Example]]:
    """Yield all examples once, in random batches of examples of like length."""
    noise = order.uniform(0.8, 1.25, len(examples))
    by_length = np.argsort([len(e.right) * n for e, n in zip(examples, noise, strict=True)])
    starts = list(range(0, len(examples) - BATCH + 1, BATCH))
    order.shuffle(starts)
    for start in starts:
        yield [examples[row] for row in by_length[start : start + BATCH]]


def padded(
    batch: Sequence[Example],
    mean: npt.NDArray[np.float32],
    deviation: npt.NDArray[np.float32],
    vectors: "torch.Tensor",
) -> "dict[str, torch.Tensor]":
    """Return the batch as tensors, every list of sentences filled up to the longest."""
    import torch

    def column(name: str) -> "torch.Tensor":
        return torch.nn.utils.rnn.pad_sequence(
            [torch.from_numpy(getattr(example, name)) for example in batch], batch_first=True
        )

    lengths = torch.tensor([len(example.right) for example in batch])
    right = column("right")
    scalars = (column("scalars") - torch.from_numpy(mean)) / torch.from_numpy(deviation)
    return {
        "question": torch.from_numpy(np.stack([example.question for example in batch])),
        "scalars": scalars,
        "surface": column("surface"),
        "sentences": vectors[column("sentences").long()],
        "passages": vectors[column("passages").long()],
        "right": right,
        "there": torch.arange(right.shape[1])[None, :] < lengths[:, None],
    }


def logits(
    weights: "dict[str, torch.nn.Parameter]", inputs: "dict[str, torch.Tensor]"
) -> "torch.Tensor":
    """Return the scores of ``qa.read.Scorer``, shape ``(batch, sentences)``; -inf is padding."""
    import torch

    query = inputs["question"]
    asked = (query @ weights["question"])[:, :, None]
    wanted = (torch.tanh(query @ weights["demand"]) @ weights["supply"])[:, :, None]
    features = torch.cat(
        [
            inputs["scalars"],
            inputs["sentences"] @ weights["sentence"] @ asked,
            inputs["passages"] @ weights["passage"] @ asked,
            inputs["surface"] @ wanted,
        ],
        dim=2,
    )
    hidden = torch.relu(features @ weights["hidden"] + weights["hidden_bias"])
    hidden = torch.nn.functional.dropout(hidden, DROPOUT)
    scores = hidden @ weights["output"] + features @ weights["direct"] + weights["bias"]
    return scores.masked_fill(~inputs["there"], -torch.inf)


def listwise(scores: "torch.Tensor", right: "torch.Tensor") -> "torch.Tensor":
    """Return the mean loss of the questions that have a right sentence."""
    answerable = right.any(dim=1)
    if not answerable.any():
        return scores.new_zeros(())
    scores, right = scores[answerable], right[answerable]
    among = scores.masked_fill(~right, -float("inf"))
    return (scores.logsumexp(dim=1) - among.logsumexp(dim=1)).mean()


def pointwise(
    scores: "torch.Tensor", right: "torch.Tensor", there: "torch.Tensor"
) -> "torch.Tensor":
    """Return the binary cross entropy, summed over a question's sentences, mean over questions."""
    from torch.nn.functional import binary_cross_entropy_with_logits

    total = binary_cross_entropy_with_logits(scores[there], right[there].float(), reduction="sum")
    return total / len(scores)
