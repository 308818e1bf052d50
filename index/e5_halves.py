"""The built-in model in two halves, for reading a question and a text together.

The lower layers read each text alone, as the embedder does; the upper ones, with weights of their
own, read two texts at once (decomposed transformers: Cao et al. 2020, arXiv 2005.00697). The lower
half is the embedder's own and is not trained again, so that only the upper half is shipped, and
what the lower half makes of a text does not depend on the question.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from index.e5 import WEIGHTS_SHA256, Checkpoint, Tensors, wheel_file
from index.e5_folder import LONGEST, PROMPTS, model_folder, written_once
from index.e5_onnx import GRAPH, write_layers, write_onnx
from index.e5_tokenizer import load_tokenizer
from index.protocols import Vector, Vectors

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

LOWER = 6  # layers that read each text alone
CONVERTER = 1  # raise it when a change changes what is written

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenStates:
    """One text as the lower layers leave it, without special tokens and prompt."""

    opening: Vector  # of the token that opens every text, shape (hidden,)
    tokens: Vectors  # shape (tokens, hidden)
    ids: Numbers  # shape (tokens,)
    offsets: Numbers  # shape (tokens, 2): the characters of the text, half-open


class Halves:
    """Both halves, run by ONNX Runtime, one text and one core at a time. Threads may share it.

    A text is too short to be shared out well: two cores that read a text each take 0.8 times as
    long as two that share one text after the other.
    """

    def __init__(self, tokenizer: "Tokenizer", lower: Any, upper: Any) -> None:
        self._tokenizer = tokenizer
        self._lower = lower
        self._upper = upper

    @classmethod
    def open(
        cls,
        weights: Tensors,
        sha256: str,
        *,
        cache: Path,
        tokenizer: "Tokenizer | None" = None,
    ) -> Self:
        """Open the lower half and an upper half of these weights; both are written on first use.

        ``sha256`` tells one set of weights from another; ``tokenizer`` is the model's, if it is
        loaded already. Raises ModelError.
        """
        tokenizer = tokenizer or load_tokenizer(model_folder(cache))
        known = f"{WEIGHTS_SHA256} {sha256} {LOWER} {CONVERTER} {GRAPH}"
        name = f"reader-{hashlib.sha256(known.encode()).hexdigest()[:12]}"
        folder = written_once(cache, name, lambda into: _write(weights, into))
        lower, upper = (_session(folder / f"{half}.onnx") for half in ("lower", "upper"))
        return cls(tokenizer, lower, upper)

    def question(self, text: str) -> TokenStates:
        """Read a question with the lower half."""
        return self._alone(PROMPTS["query"], text)

    def passage(self, text: str) -> TokenStates:
        """Read a passage with the lower half; what is longer than the model reads is cut."""
        return self._alone(PROMPTS["passage"], text)

    def together(self, hidden: Vectors) -> Vectors:
        """Run the upper half over the states of all tokens, shape ``(tokens, hidden)``."""
        mask = np.ones((1, len(hidden)), np.int64)
        given = {"hidden_states": hidden[None], "attention_mask": mask}
        states: Vectors = self._upper.run(None, given)[0][0]
        return states

    def _alone(self, prompt: str, text: str) -> TokenStates:
        encoding: Encoding = self._tokenizer.encode(prompt + text)
        encoding.truncate(min(LONGEST, len(encoding)))
        ids = np.array(encoding.ids, np.int64)
        offsets = np.array(encoding.offsets, np.int64) - len(prompt)
        states = self._lower.run(
            None, {"input_ids": ids[None], "attention_mask": np.ones((1, len(ids)), np.int64)}
        )[0][0]
        kept = (np.array(encoding.special_tokens_mask) == 0) & (offsets[:, 1] > 0)
        return TokenStates(
            opening=states[0].copy(),  # a view would keep all of them in memory
            tokens=states[kept],
            ids=ids[kept],
            offsets=np.maximum(offsets[kept], 0),
        )


def _write(weights: Tensors, folder: Path) -> None:
    checkpoint = Checkpoint.read(wheel_file())
    write_onnx(checkpoint, folder / "lower.onnx", layers=LOWER)
    upper = range(LOWER, checkpoint.config.layers)
    write_layers(checkpoint.config, weights, upper, folder / "upper.onnx")


def _session(path: Path) -> Any:
    import onnxruntime

    from index.embed import session_options

    return onnxruntime.InferenceSession(
        str(path), session_options(threads=1), providers=["CPUExecutionProvider"]
    )
