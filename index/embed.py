"""Texts to unit vectors, through sentence-transformers.

sentence-transformers loads model, tokenizer and prompts, and is the reference. The loop around them
is ours: it batches by length within a number of tokens, so that memory does not depend on the
texts, and calls the tokenizer without copies, which is half of the time of a short question.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.article import Span
from index.e5_folder import NAME, ONNX_FILE, model_folder, version
from index.embed_hub import cached, require_on_hub
from index.errors import ModelError
from index.protocols import Embedder, Vector, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding, Tokenizer

BATCH_TOKENS = 4096  # padded tokens of one forward pass
LONGEST_TEXT = 32_768  # characters looked at: 64 for each token that the model reads
DIMENSION = 384  # of the built-in model
RECIPE = "s2"  # changes with what vectors are made of: 2, sentences alone and in context

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an embedder's vectors depend on. Known without loading the built-in model."""

    fingerprint: str
    dimension: int


def identity(model: str, *, cache: Path, backend: str) -> Identity:
    """Return the identity of a model; only the built-in one is not opened for it."""
    if model == NAME:
        return Identity(fingerprint=f"{NAME}-{version()}-{backend}-{RECIPE}", dimension=DIMENSION)
    opened = open_embedder(model, cache=cache, backend=backend)
    return Identity(fingerprint=opened.fingerprint, dimension=opened.dimension)


def open_embedder(
    model: str, *, cache: Path, backend: str = "onnx", threads: int = 0
) -> "SentenceTransformerEmbedder":
    """Open a model: the built-in one, or a sentence-transformers folder or name.

    ``backend`` chooses how the built-in model is run; another one is run as it is (PyTorch).
    ``threads`` 0 means one a core. Raises ModelError for a model that cannot be loaded.
    """
    threads = thread_count(threads)
    if model != NAME:
        loaded = _load(model, threads, {})
        width = loaded.get_embedding_dimension()
        return SentenceTransformerEmbedder(
            loaded, fingerprint=f"{model}-{width}-{RECIPE}", one_by_one=False
        )
    options = _onnx_options(threads) if backend == "onnx" else {}
    return SentenceTransformerEmbedder(
        _load(str(model_folder(cache)), threads, options),
        fingerprint=identity(model, cache=cache, backend=backend).fingerprint,
        # 8-bit activations have one scale a batch: alone, a text's vector depends on it alone.
        one_by_one=backend == "onnx",
    )


def built_in_tokenizer(embedder: Embedder) -> "Tokenizer | None":
    """Return the tokenizer that an embedder has loaded, if it is the built-in model's.

    It takes seconds and 300 MB to load another.
    """
    if not isinstance(embedder, SentenceTransformerEmbedder):
        return None
    return embedder.tokenizer if embedder.fingerprint.startswith(f"{NAME}-{version()}") else None


def thread_count(threads: int) -> int:
    """Return how many threads the setting ``threads`` means: 0 is one a core."""
    return threads or cpu_count() or 1


def session_options(threads: int) -> Any:
    """Return how ONNX Runtime shares the cores with everything else that goes on."""
    import onnxruntime

    session = onnxruntime.SessionOptions()
    session.intra_op_num_threads = threads
    session.inter_op_num_threads = 1
    # The graph is written as it runs best; the next level would fuse what is slower fused.
    session.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # Waiting threads sleep: spinning ones take the cores from ingest, questions and searches.
    session.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return session


def _onnx_options(threads: int) -> dict[str, object]:
    return {
        "backend": "onnx",
        "model_kwargs": {
            "file_name": ONNX_FILE,
            "provider": "CPUExecutionProvider",
            "session_options": session_options(threads),
        },
    }


def _load(name: str, threads: int, options: dict[str, object]) -> "SentenceTransformer":
    if name and Path(name).is_dir():  # an empty one would be the folder that one stands in
        return _loaded(name, threads, options)
    folder = cached(name)
    if folder is not None:
        with suppress(ModelError):  # its download was cut off: it goes on below
            return _loaded(str(folder), threads, options)
    require_on_hub(name)
    return _loaded(name, threads, options)


def _loaded(name: str, threads: int, options: dict[str, object]) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer

    for noisy in ("sentence_transformers", "optimum", "transformers", "huggingface_hub"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(
            name, device="cpu", local_files_only=Path(name).is_dir(), **options
        )
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The model {name} cannot be loaded: {error}",
            remedy=f"Give a sentence-transformers folder or name, or use --model {NAME}.",
        ) from error


class SentenceTransformerEmbedder:
    """An ``Embedder`` over a loaded sentence-transformers model. Threads may share it."""

    def __init__(self, model: "SentenceTransformer", *, fingerprint: str, one_by_one: bool) -> None:
        self._model = model
        self.tokenizer: Tokenizer = model.tokenizer.backend_tokenizer
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._question: str = model.prompts.get("query") or ""
        self._passage: str = model.prompts.get("passage") or model.prompts.get("document") or ""
        self._fingerprint = fingerprint
        self._one_by_one = one_by_one

    @property
    def fingerprint(self) -> str:
        """Name, version, dimension and arithmetic of the model."""
        return self._fingerprint

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def longest(self) -> int:
        """Tokens the model reads at most, special tokens and prompt included."""
        return int(self._model.max_seq_length or 512)

    @cached_property
    def token_budget(self) -> int:
        """Tokens of text the model reads at most, without special tokens and prompt."""
        specials = int(self.tokenizer.num_special_tokens_to_add(False))
        return self.longest - specials - max(self.count_tokens([self._question, self._passage]))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text takes, without special tokens and prompt."""
        found = self.tokenizer.encode_batch_fast(
            [_encodable(text) for text in texts], add_special_tokens=False
        )
        return [len(encoding) for encoding in found]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape ``(len(texts), dimension)``, in the order of ``texts``.

        Raises ValueError for an empty text: it has no direction. What is longer than the model
        reads is cut at its end.
        """
        return self._embed(self._passage, texts)

    def embed_in_context(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Vector, Vectors]]:
        """Return for each text its unit vector and one for each of its sentences.

        A sentence's is the mean of its tokens as the model reads them within the whole text ("late
        chunking": Günther et al. 2024, arXiv 2409.04701); zeros where the model reads none of it.
        Raises ValueError for an empty text.
        """
        found: dict[int, tuple[Vector, Vectors]] = {}
        for row, encoding, vector, tokens in self._run(self._passage, texts):
            ends = np.array(encoding.offsets)[:, 1] - len(self._passage)
            within = np.zeros((len(sentences[row]), self.dimension), np.float32)
            for number, span in enumerate(sentences[row]):
                chosen = (ends > span.start) & (ends <= span.end)
                if chosen.any():
                    mean = tokens[chosen].mean(axis=0)
                    within[number] = mean / max(float(np.linalg.norm(mean)), 1e-12)
            found[row] = vector, within
        return [found[row] for row in range(len(texts))]

    def embed_question(self, question: str) -> Vector:
        """Return the unit vector of one question. Raises ValueError for an empty one."""
        vector: Vector = self._embed(self._question, [question])[0]
        return vector

    def _embed(self, prompt: str, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, _, vector, _ in self._run(prompt, texts):
            vectors[row] = vector
        return vectors

    def _run(
        self, prompt: str, texts: Sequence[str]
    ) -> "Iterator[tuple[int, Encoding, Vector, Vectors]]":
        """Yield, for each text in some order: its row, encoding, unit vector and token vectors."""
        if not all(text.strip() for text in texts):
            raise ValueError("an empty text has no direction")
        for start in range(0, len(texts), 1024):
            encodings = self.encodings(prompt, texts[start : start + 1024])
            for rows in self._batches(encodings):
                batch = [encodings[row] for row in rows]
                for row, encoding, vector, tokens in zip(
                    rows, batch, *self._forward(batch), strict=True
                ):
                    yield start + row, encoding, vector, tokens[: len(encoding)]

    def encodings(self, prompt: str, texts: Sequence[str]) -> "list[Encoding]":
        """Return the tokens of each text after a prompt, cut at what the model reads."""
        encodings = self.tokenizer.encode_batch(
            [prompt + _encodable(text)[:LONGEST_TEXT] for text in texts]
        )
        for encoding in encodings:
            if len(encoding) > self.longest:
                encoding.truncate(self.longest)
        return list(encodings)

    def _batches(self, encodings: "Sequence[Encoding]") -> Iterator[list[int]]:
        """Yield rows of like length, at most ``BATCH_TOKENS`` padded tokens at a time."""
        batch: list[int] = []
        for row in sorted(range(len(encodings)), key=lambda row: len(encodings[row])):
            full = (len(batch) + 1) * len(encodings[row]) > BATCH_TOKENS
            if batch and (full or self._one_by_one):
                yield batch
                batch = []
            batch.append(row)
        if batch:
            yield batch

    def _forward(self, encodings: "Sequence[Encoding]") -> tuple[Vectors, Vectors]:
        """Run all modules of the model over one batch; return its unit vectors and its tokens'."""
        import torch

        width = max(len(encoding) for encoding in encodings)
        ids: Numbers = np.full((len(encodings), width), self._padding, np.int64)
        mask: Numbers = np.zeros((len(encodings), width), np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        given = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        with torch.inference_mode():
            found = self._model(given)
            unit = torch.nn.functional.normalize(found["sentence_embedding"].float(), dim=1).numpy()
            tokens = found["token_embeddings"].float().numpy()
        vectors: Vectors = unit.astype(np.float32, copy=False)
        return vectors, tokens

    @cached_property
    def _padding(self) -> int:
        return int(self._model.tokenizer.pad_token_id or 0)


def _encodable(text: str) -> str:
    """Return the text with unpaired surrogates, which UTF-8 cannot hold, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
