"""Our embedder against plain ``SentenceTransformer.encode`` in float32, on the same texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from sentence_transformers import SentenceTransformer

from eval.bench.timing import Ratio, interleaved, ratio
from index.e5_folder import model_folder
from index.protocols import Embedder, Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """Passages in bulk."""

    passages: int
    tokens: int
    ours_per_second: float  # passages
    reference_per_second: float
    faster: Ratio
    cosine_lowest: float  # between our vectors and the reference's
    cosine_mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """One question at a time."""

    questions: int
    ours_ms: float  # median
    reference_ms: float
    faster: Ratio
    cosine_lowest: float
    cosine_mean: float


def plain_model(cache: Path) -> SentenceTransformer:
    """Load the built-in model as anybody would: PyTorch, float32, all processors."""
    return SentenceTransformer(str(model_folder(cache)), device="cpu", local_files_only=True)


def throughput(
    embedder: Embedder, reference: SentenceTransformer, texts: Sequence[str], rounds: int
) -> Throughput:
    """Compare the seconds that all texts together take."""
    given = list(texts)
    seconds = interleaved(
        {
            "reference": partial(plain, reference, given, "passage"),
            "ours": partial(embedder.embed_passages, given),
        },
        rounds,
    )
    cosines = cosine(embedder.embed_passages(given), plain(reference, given, "passage"))
    return Throughput(
        passages=len(given),
        tokens=sum(embedder.count_tokens(given)),
        ours_per_second=len(given) / median(seconds["ours"]),
        reference_per_second=len(given) / median(seconds["reference"]),
        faster=ratio(seconds["reference"], seconds["ours"]),
        cosine_lowest=float(cosines.min()),
        cosine_mean=float(cosines.mean()),
    )


def latency(
    embedder: Embedder, reference: SentenceTransformer, questions: Sequence[str], rounds: int
) -> Latency:
    """Compare the seconds that one question takes; a round asks every question once."""
    seconds: dict[str, list[float]] = {"reference": [], "ours": []}
    for question in questions:
        each = interleaved(
            {
                "reference": partial(plain, reference, [question], "query"),
                "ours": partial(embedder.embed_question, question),
            },
            rounds,
        )
        for name, took in each.items():
            seconds[name].append(median(took))
    cosines = cosine(
        np.stack([embedder.embed_question(question) for question in questions]),
        plain(reference, list(questions), "query"),
    )
    return Latency(
        questions=len(questions),
        ours_ms=median(seconds["ours"]) * 1000,
        reference_ms=median(seconds["reference"]) * 1000,
        faster=ratio(seconds["reference"], seconds["ours"]),
        cosine_lowest=float(cosines.min()),
        cosine_mean=float(cosines.mean()),
    )


def plain(model: SentenceTransformer, texts: list[str], prompt: str) -> Vectors:
    """Embed as the library's documentation shows it."""
    vectors: Vectors = model.encode(texts, prompt_name=prompt, show_progress_bar=False)
    return vectors


def cosine(left: Vectors, right: Vectors) -> Vectors:
    """Return the cosine of each row with its counterpart; both are unit vectors."""
    found: Vectors = (left * right).sum(axis=1)
    return found
