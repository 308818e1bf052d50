"""Trains the reader's scorer: gradient descent on a listwise and a pointwise loss."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from eval.examples import Example
from qa.features import SCALARS
from qa.surface import COUNT

RANK, DEMANDS, UNITS = 48, 8, 24
EPOCHS, RATE, DECAY = 6, 2e-3, 1e-4

Arrays = dict[str, npt.NDArray[np.float32]]


def train(examples: Sequence[Example], *, seed: int) -> Arrays:
    """Return the arrays of ``qa.read.Scorer``.

    The loss of a question is the negative log likelihood of its right sentences among all that
    were read (listwise: Cao et al. 2007) plus the mean binary cross entropy of each sentence, which
    gives the scores a zero that means the same for every question.
    """
    import torch

    torch.manual_seed(seed)
    dimension = examples[0].question.vector.shape[0]
    scalars = np.concatenate([example.given.scalars for example in examples])
    mean, deviation = scalars.mean(axis=0), scalars.std(axis=0) + 1e-6
    width = len(SCALARS) + 3
    shapes = {
        "question": (dimension, RANK),
        "sentence": (dimension, RANK),
        "passage": (dimension, RANK),
        "demand": (dimension, DEMANDS),
        "supply": (DEMANDS, COUNT),
        "hidden": (width, UNITS),
        "hidden_bias": (UNITS,),
        "output": (UNITS,),
        "direct": (width,),
        "bias": (),
    }
    scale = {"question": 0.5, "sentence": 0.5, "passage": 0.5, "demand": 2.0, "supply": 0.2}
    weights = {
        name: torch.nn.Parameter(torch.randn(shape) * scale.get(name, 0.1))
        for name, shape in shapes.items()
    }
    optimizer = torch.optim.AdamW(weights.values(), lr=RATE, weight_decay=DECAY)
    order = np.random.default_rng(seed)
    steps = EPOCHS * len(examples) // 16 + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4 * RATE, total_steps=steps)

    def logits(example: Example) -> torch.Tensor:
        given = example.given
        query = torch.from_numpy(example.question.vector)
        asked = query @ weights["question"]
        wanted = torch.tanh(query @ weights["demand"]) @ weights["supply"]
        inputs = torch.column_stack(
            [
                torch.from_numpy((given.scalars - mean) / deviation),
                torch.from_numpy(given.sentence_vectors) @ weights["sentence"] @ asked,
                torch.from_numpy(given.passage_vectors) @ weights["passage"] @ asked,
                torch.from_numpy(given.surface) @ wanted,
            ]
        )
        units = torch.relu(inputs @ weights["hidden"] + weights["hidden_bias"])
        return units @ weights["output"] + inputs @ weights["direct"] + weights["bias"]

    for _ in range(EPOCHS):
        rows = order.permutation(len(examples))
        for start in range(0, len(rows) - 15, 16):
            losses = []
            for row in rows[start : start + 16]:
                scores = logits(examples[row])
                right = torch.from_numpy(examples[row].right)
                pointwise = torch.nn.functional.binary_cross_entropy_with_logits(
                    scores, right.float(), reduction="sum"
                )
                losses.append(pointwise / 4)
                if right.any():
                    losses.append(scores.logsumexp(0) - scores[right].logsumexp(0))
            optimizer.zero_grad()
            (torch.stack(losses).sum() / 16).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(weights.values(), 5.0)
            optimizer.step()
            schedule.step()
    learnt = {name: value.detach().numpy() for name, value in weights.items()}
    return {"mean": mean, "deviation": deviation, **learnt}
