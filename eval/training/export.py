"""From a trained network to the file that is shipped: 8-bit matrices of the layers, small heads."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from index.e5_halves import LOWER
from index.e5_onnx import quantise
from qa.joint import HEADS, WEIGHTS, Weights

Arrays = dict[str, npt.NDArray[np.generic]]

CHECKPOINT = "checkpoint.pt"
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


def export(state: dict[str, torch.Tensor], folder: Path) -> Path:
    """Write the weights into ``folder``, made if there is none; return the file.

    Their sha256 stands beside them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / WEIGHTS
    arrays = shipped({name: value.float().numpy() for name, value in state.items()})
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name(f"{WEIGHTS}.sha256").write_text(f"{digest}\n", "ascii")
    return path


def shipped(state: dict[str, npt.NDArray[np.float32]]) -> Arrays:
    """Return the arrays of the file: names of layers as ``index.e5_onnx`` asks for them."""
    arrays: Arrays = {name: state[name].astype(np.float16) for name in HEADS}
    for name, trained in layer_names(1 + max(map(_number, state))):
        if state[trained].ndim == 2:
            arrays[name], arrays[f"{name}.scale"] = quantise(state[trained])
        else:
            arrays[name] = state[trained]
    return arrays


def trained_state(work_dir: Path) -> dict[str, torch.Tensor]:
    """Return the state of the network at the last checkpoint."""
    state: dict[str, torch.Tensor] = torch.load(work_dir / CHECKPOINT, weights_only=True)["network"]
    return state


def shipped_state(path: Path) -> dict[str, torch.Tensor]:
    """Return what ``export`` wrote as the state of a network, to train it on."""
    with np.load(path) as arrays:
        weights = Weights(dict(arrays))
        layers = sum(name.endswith(".q.w") for name in arrays.files)
    state = {name: weights.tensor(name) for name in HEADS}
    state |= {trained: weights.tensor(name) for name, trained in layer_names(layers)}
    return {name: torch.from_numpy(np.array(array)) for name, array in state.items()}


def mean(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the mean of two states of a network, of which one was trained on from the other.

    It is often better than both (model soups: Wortsman et al. 2022, arXiv 2203.05482).
    """
    return {name: (value.float() + other[name].float()) / 2 for name, value in one.items()}


def layer_names(layers: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each tensor of the layers in the file, and in ``eval.training.network``."""
    for number in range(layers):
        for part in (*MATRICES, *NORMS):
            for short, long in (("w", "weight"), ("b", "bias")):
                yield f"l{LOWER + number}.{part}.{short}", f"layers.{number}.{part}.{long}"


def _number(name: str) -> int:
    return int(name.split(".")[1]) if name.startswith("layers.") else -1
