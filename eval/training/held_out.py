"""How well a network reads what it has not learnt from: the losses, and where it sees answers.

    python -m eval.training held-out --work-dir DIR   # three minutes on one core

The questions are those kept for ``eval.weigh``, drawn with their texts as for training.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from rich.progress import track

from eval.training.batch import Batch, batch
from eval.training.corpus import Corpus, Tokens
from eval.training.groups import Groups, Pair
from eval.training.losses import Said, losses
from eval.training.network import Network
from eval.training.recipe import GROUPS, WRONG
from eval.training.states import States
from qa.spans import best_spans

STEPS = 60  # of GROUPS questions each
SEED = 99


def held_out(
    network: Network, corpus: Corpus, states: States, *, steps: int = STEPS
) -> dict[str, float]:
    """Return the mean of each loss, of how often a right text comes first, and of token F1.

    Token F1 is of the likeliest span of a text that answers, in tokens of the model.
    """
    network.eval()
    found: dict[str, list[float]] = defaultdict(list)
    drawn = Groups(corpus, states, SEED, held_out=True).steps(GROUPS)
    for _ in track(range(steps), description="Reading"):
        group = next(drawn)
        pairs = batch(group, corpus, states)
        with torch.inference_mode():
            said = network(**pairs.given)
        for name, value in losses(said, pairs, 1 + WRONG).items():
            found[name].append(value.item())
        found["right text first"] += right_first(said, pairs)
        found["token F1"] += spans(said, group)
    return {name: float(np.mean(values)) for name, values in found.items() if values}


def right_first(said: Said, pairs: Batch) -> list[float]:
    """Return for each question that a text answers whether such a text is believed most."""
    scores, answers = (each.view(-1, 1 + WRONG) for each in (said[3], pairs.answers))
    first = answers.gather(1, scores.argmax(1, keepdim=True)).squeeze(1)
    found: list[float] = first[answers.any(1)].float().tolist()
    return found


def spans(said: Said, group: Sequence[Pair]) -> list[float]:
    """Return the token F1 of the likeliest span of each text that answers with one."""
    starts, ends = (logits[:, 1:].float().numpy() for logits in said[:2])  # the first is "none"
    return [
        max(overlap(best_spans(starts[row], ends[row])[0][1], gold) for gold in pair.gold)
        for row, pair in enumerate(group)
        if pair.gold and not pair.whole_sentences
    ]


def overlap(one: Tokens, other: Tokens) -> float:
    """Return the F1 of the tokens of two spans, ends included."""
    common = min(one[1], other[1]) - max(one[0], other[0]) + 1
    lengths = (one[1] - one[0] + 1) + (other[1] - other[0] + 1)
    return max(0, 2 * common) / lengths
