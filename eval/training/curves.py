"""The losses of a training as curves, from the log that it writes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench.plot import draw, require_matplotlib
from eval.training.recipe import GROUPS, WEIGHTS, WRONG
from index.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOG = "log.jsonl"
SAYS = {
    "span": "span: where the answer is",
    "sentence": "sentence: which of the group",
    "sentences": "sentences: each alone",
    "text": "text: does it answer",
    "texts": "texts: which of the group",
}


def curves(folder: Path, to: Path) -> None:
    """Draw the losses of the log in a work folder. Raises InputError where there is none."""
    require_matplotlib(to)
    log = folder / LOG
    lines = log.read_text("utf-8").splitlines() if log.is_file() else []
    if not lines:
        raise InputError(f"{log} has no line to draw.", remedy="Train for some minutes first.")
    rows = [json.loads(line) for line in lines]
    draw(to, "Losses of the training (smoothed)", 1, lambda axes: _paint(axes[0], rows))


def _paint(axis: "Axes", rows: Sequence[dict[str, float]]) -> None:
    pairs = [row["step"] * GROUPS * (1 + WRONG) / 1000 for row in rows]
    for name in WEIGHTS:
        axis.plot(pairs, [row[name] for row in rows], label=SAYS[name])
    axis.set_xlabel("thousand pairs of a question and a text")
    axis.set_ylabel("loss")
    axis.set_ylim(bottom=0)
    axis.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
