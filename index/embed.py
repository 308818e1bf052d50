"""Texts to unit vectors, through sentence-transformers."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.e5_folder import NAME, model_folder
from index.errors import ModelError
from index.protocols import Vector, Vectors

BATCH_TOKENS = 4096  # padded tokens of one forward pass: bounds memory, whatever the texts
LONGEST_TEXT = 32_768  # characters looked at: 64 for each token that the model reads


class SentenceTransformerEmbedder:
    def __init__(self, model, *, fingerprint: str) -> None:
        self._model = model
        self._tokenizer = model.tokenizer.backend_tokenizer
        self._tokenizer.no_padding(); self._tokenizer.no_truncation()
        prompts = model.prompts
        self._question = prompts.get("query") or ""
        self._passage = prompts.get("passage") or prompts.get("document") or ""
        self._fingerprint = fingerprint
        self._longest = int(model.max_seq_length)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimension(self) -> int:
        return int(self._model.get_sentence_embedding_dimension())

    @property
    def token_budget(self) -> int:
        specials = self._tokenizer.num_special_tokens_to_add(False)
        return self._longest - specials - max(self.count_tokens([self._question, self._passage]))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        found = self._tokenizer.encode_batch_fast(
            [_encodable(text) for text in texts], add_special_tokens=False
        )
        return [len(encoding) for encoding in found]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._passage, texts)

    def embed_question(self, question: str) -> Vector:
        return self._encode(self._question, [question])[0]

    def _encode(self, prompt: str, texts: Sequence[str]) -> Vectors:
        if not all(text.strip() for text in texts):
            raise ValueError("an empty text has no direction")
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for rows, encodings in self._batches(prompt, texts):
            tokens, mask = self._forward(encodings)
            vectors[rows] = _pool(tokens, mask)
        return vectors

    def embed_with_sentences(
        self, texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]
    ) -> list[tuple[Vector, Vectors]]:
        found: list = [None] * len(texts)
        shift = len(self._passage)
        for rows, encodings in self._batches(self._passage, texts):
            tokens, mask = self._forward(encodings)
            vectors = _pool(tokens, mask)
            for row, encoding, hidden, vector in zip(rows, encodings, tokens, vectors, strict=True):
                offsets = np.array(encoding.offsets)
                middle = (offsets[:, 0] + offsets[:, 1]) / 2 - shift
                real = offsets[:, 1] > offsets[:, 0]
                parts = np.zeros((len(sentences[row]), vectors.shape[1]), np.float32)
                for part, (start, end) in zip(parts, sentences[row], strict=True):
                    inside = real & (start <= middle) & (middle < end)
                    mean = hidden[: len(inside)][inside].mean(axis=0) if inside.any() else vector
                    part[:] = mean / np.linalg.norm(mean)
                found[row] = (vector, parts)
        return found

    def _batches(self, prompt: str, texts: Sequence[str]):
        self._tokenizer.enable_truncation(self._longest)
        encodings = self._tokenizer.encode_batch(
            [prompt + _encodable(text)[:LONGEST_TEXT] for text in texts]
        )
        self._tokenizer.no_truncation()
        order = sorted(range(len(texts)), key=lambda row: len(encodings[row]))
        batch: list[int] = []
        for row in order:
            if batch and (len(batch) + 1) * len(encodings[row]) > BATCH_TOKENS:
                yield batch, [encodings[i] for i in batch]
                batch = []
            batch.append(row)
        if batch:
            yield batch, [encodings[i] for i in batch]

    def _forward(self, encodings):
        import torch

        width = max(len(e) for e in encodings)
        ids = np.ones((len(encodings), width), np.int64)
        mask = np.zeros((len(encodings), width), np.int64)
        for i, e in enumerate(encodings):
            ids[i, : len(e)] = e.ids
            mask[i, : len(e)] = 1
        with torch.inference_mode():
            out = self._model[0](
                {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
            )
        return out["token_embeddings"].numpy(), mask


def open_embedder(
    model: str, *, cache: Path, backend: str = "onnx", threads: int = 0
) -> SentenceTransformerEmbedder:
    """Return the embedder ``model``: the built-in one, or a sentence-transformers one."""
    folder = str(model_folder(cache)) if model == NAME else model
    from sentence_transformers import SentenceTransformer

    if threads:
        import torch

        torch.set_num_threads(threads)
    loaded = SentenceTransformer(folder, device="cpu", local_files_only=model == NAME)
    return SentenceTransformerEmbedder(loaded, fingerprint=f"{Path(folder).name}-fp32")


def _encodable(text: str) -> str:
    """Return the text with unpaired surrogates, which UTF-8 cannot hold, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _pool(tokens, mask):
    weight = mask[:, :, None].astype(np.float32)
    means = (tokens * weight).sum(axis=1) / weight.sum(axis=1)
    return means / np.linalg.norm(means, axis=1, keepdims=True)
