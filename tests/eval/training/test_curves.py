"""The losses of a training as a picture."""

import json
from pathlib import Path

import pytest

from eval.training.curves import LOG, curves
from eval.training.recipe import WEIGHTS
from index.errors import InputError


def test_the_losses_of_the_log_are_drawn(tmp_path: Path) -> None:
    rows = [{"step": 50 * n, **dict.fromkeys(WEIGHTS, 1.0 / n)} for n in (1, 2, 3)]
    (tmp_path / LOG).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    curves(tmp_path, tmp_path / "curves.svg")
    drawn = (tmp_path / "curves.svg").read_text("utf-8")
    assert drawn.count('id="line2d_') > len(WEIGHTS)


def test_without_a_log_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line to draw"):
        curves(tmp_path, tmp_path / "curves.png")
    (tmp_path / LOG).write_text("", "utf-8")
    with pytest.raises(InputError, match="no line to draw"):
        curves(tmp_path, tmp_path / "curves.png")
