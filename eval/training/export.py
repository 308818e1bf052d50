"""From a trained network to the file that is shipped: 8-bit matrices of the layers, small heads."""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from index.e5_halves import LOWER
from index.e5_onnx import quantise
from qa.joint import HEADS, WEIGHTS, Weights

Arrays = dict[str, npt.NDArray[np.generic]]

MATRICES = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


def export(state: dict[str, torch.Tensor], folder: Path) -> Path:
    """Write the weights into ``folder``, with their sha256 beside them; return the file."""
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
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    for number in range(layers):
        for part in MATRICES:
            name = f"l{LOWER + number}.{part}"
            integers, scales = quantise(state[f"layers.{number}.{part}.weight"])
            arrays[f"{name}.w"], arrays[f"{name}.w.scale"] = integers, scales
            arrays[f"{name}.b"] = state[f"layers.{number}.{part}.bias"]
        for part in NORMS:
            for short, long in (("w", "weight"), ("b", "bias")):
                name = f"l{LOWER + number}.{part}.{short}"
                arrays[name] = state[f"layers.{number}.{part}.{long}"]
    return arrays


def shipped_state(path: Path) -> dict[str, torch.Tensor]:
    """Return what ``export`` wrote as the state of a network, to train it on."""
    with np.load(path) as arrays:
        weights = Weights(dict(arrays))
        names = set(arrays.files)
    state = {name: weights.tensor(name) for name in HEADS}
    number = 0
    while f"l{LOWER + number}.q.w" in names:
        for part in (*MATRICES, *NORMS):
            for short, long in (("w", "weight"), ("b", "bias")):
                array = weights.tensor(f"l{LOWER + number}.{part}.{short}")
                state[f"layers.{number}.{part}.{long}"] = array
        number += 1
    return {name: torch.from_numpy(np.array(array)) for name, array in state.items()}
