"""One system indexes the articles and answers the questions: a program for the system's own Python.

Run by its path, as ``python -P peer.py NAME``. It reads lines of JSON and answers each with one:
first the task, then a question at a time. It needs nothing of this project but for the system
``pullquote`` itself, so that any environment can run it; the same lines time all systems.
"""

import contextlib
import json
import logging
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

Articles = list[dict[str, str]]  # id, text, language

PROPOSED = 100  # passages that each of two searches proposes, where a system asks


class Txtai:
    """Embeddings with ``hybrid``: dense and BM25, both normalised, half and half (its default)."""

    packages: tuple[str, ...] = ("txtai", "transformers", "torch", "faiss-cpu")
    settings = "hybrid=True, instructions of the model, weights 0.5 (default), torch float32"

    def __init__(self, model: str, threads: int) -> None:
        from txtai import Embeddings

        self.embeddings = Embeddings(
            path=model,
            hybrid=True,
            instructions={"query": "query: ", "data": "passage: "},
            gpu=False,
        )

    def index(self, articles: Articles) -> None:
        """Take the articles in."""
        self.embeddings.index((each["id"], each["text"], None) for each in articles)

    def search(self, question: str, limit: int) -> list[str]:
        """Return the ids of the nearest articles, best first."""
        return [found[0] for found in self.embeddings.search(question, limit)]


class Haystack:
    """BM25 and embedding retrieval in memory, joined by reciprocal rank fusion."""

    packages: tuple[str, ...] = (
        "haystack-ai",
        "sentence-transformers-haystack",
        "sentence-transformers",
        "torch",
    )
    settings = (
        f"InMemoryDocumentStore, BM25 and embedding retriever with top_k={PROPOSED}, DocumentJoiner"
        " with reciprocal_rank_fusion, prefixes of the model, torch float32"
    )

    def __init__(self, model: str, threads: int) -> None:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import (
            InMemoryBM25Retriever,
            InMemoryEmbeddingRetriever,
        )
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        shared: dict[str, Any] = {"model": model, "progress_bar": False, "local_files_only": True}
        self.store = InMemoryDocumentStore()
        self.embedder = SentenceTransformersDocumentEmbedder(prefix="passage: ", **shared)
        self.embedder.warm_up()
        self.pipeline = Pipeline()
        parts: dict[str, Any] = {
            "text_embedder": SentenceTransformersTextEmbedder(prefix="query: ", **shared),
            "dense": InMemoryEmbeddingRetriever(self.store, top_k=PROPOSED),
            "words": InMemoryBM25Retriever(self.store, top_k=PROPOSED),
            "joiner": DocumentJoiner(join_mode="reciprocal_rank_fusion"),
        }
        for name, part in parts.items():
            self.pipeline.add_component(name, part)
        self.pipeline.connect("text_embedder.embedding", "dense.query_embedding")
        self.pipeline.connect("dense", "joiner")
        self.pipeline.connect("words", "joiner")
        self.pipeline.warm_up()

    def index(self, articles: Articles) -> None:
        """Take the articles in."""
        from haystack import Document

        documents = [Document(content=a["text"], meta={"article": a["id"]}) for a in articles]
        self.store.write_documents(self.embedder.run(documents=documents)["documents"])

    def search(self, question: str, limit: int) -> list[str]:
        """Return the ids of the nearest articles, best first."""
        asked = {
            "text_embedder": {"text": question},
            "words": {"query": question},
            "joiner": {"top_k": limit},
        }
        found = self.pipeline.run(asked)["joiner"]["documents"]
        return [document.meta["article"] for document in found]


class Plain:
    """sentence-transformers and one matrix product: the vectors alone, with nothing beside."""

    packages: tuple[str, ...] = ("sentence-transformers", "transformers", "torch", "numpy")
    settings = "encode_query and encode_document, inner product, torch float32"

    def __init__(self, model: str, threads: int) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(model, device="cpu", local_files_only=True)

    def index(self, articles: Articles) -> None:
        """Take the articles in."""
        self.ids: list[str] = [each["id"] for each in articles]
        self.vectors: Any = self.model.encode(
            [each["text"] for each in articles], prompt_name="passage", show_progress_bar=False
        )

    def search(self, question: str, limit: int) -> list[str]:
        """Return the ids of the nearest articles, best first."""
        vector = self.model.encode([question], prompt_name="query", show_progress_bar=False)[0]
        return [self.ids[row] for row in (-(self.vectors @ vector)).argsort()[:limit]]


class Pullquote:
    """Our own search, as the service runs it. An article stands where its best passage does."""

    packages: tuple[str, ...] = (
        "pullquote",
        "sentence-transformers",
        "onnxruntime",
        "torch",
        "faiss-cpu",
    )
    settings = "its defaults: dense, words and nearest sentence, sum of z-scores, onnx int8"

    def __init__(self, model: str, threads: int) -> None:
        import qa
        from qa.settings import Settings

        self.folder = tempfile.TemporaryDirectory()
        self.engine = qa.open(Settings(data=Path(self.folder.name) / "index", threads=threads))
        _ = self.engine.embedder

    def index(self, articles: Articles) -> None:
        """Take the articles in."""
        from index.load import article_from_text

        for _ in self.engine.add(
            article_from_text(each["text"], id=each["id"], language=each["language"])
            for each in articles
        ):
            pass

    def search(self, question: str, limit: int) -> list[str]:
        """Return the ids of the nearest articles, best first."""
        found = self.engine.search(question, limit=2 * limit).passages  # several may be of one
        return list(dict.fromkeys(passage.article_id for passage in found))[:limit]


class System(Protocol):
    """What is measured of all of them alike.

    Made with the folder of the model, and with a number of threads, 0 for its own choice: that is
    in the environment already, for whoever looks there.
    """

    packages: tuple[str, ...]
    settings: str

    def __init__(self, model: str, threads: int) -> None: ...

    def index(self, articles: Articles) -> None:
        """Take the articles in."""

    def search(self, question: str, limit: int) -> list[str]:
        """Return the ids of the nearest articles, best first."""


SYSTEMS: dict[str, type[System]] = {
    "txtai": Txtai,
    "haystack": Haystack,
    "plain": Plain,
    "pullquote": Pullquote,
}


def take_in(system: type[System], task: dict[str, Any]) -> tuple[System, dict[str, Any]]:
    """Load the model and index the articles; return the system and what that took."""
    began = time.perf_counter()
    running = system(task["model"], task["threads"])
    loaded, loaded_cpu = time.perf_counter(), time.process_time()
    running.index(task["articles"])
    indexed, indexed_cpu = time.perf_counter(), time.process_time()
    return running, {
        "versions": {name: installed(name) for name in system.packages},
        "python": sys.version.split()[0],
        "settings": system.settings,
        "load_s": round(loaded - began, 2),
        "index_s": round(indexed - loaded, 2),
        "index_processor_s": round(indexed_cpu - loaded_cpu, 2),
    }


def answer(running: System, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what is found for one question, and what that took."""
    began, began_cpu = time.perf_counter(), time.process_time()
    found = running.search(asked["question"], asked["limit"])
    ended_cpu, ended = time.process_time(), time.perf_counter()
    return {
        "found": found,
        "milliseconds": round((ended - began) * 1000, 3),
        "processor_ms": round((ended_cpu - began_cpu) * 1000, 3),
        "peak_mb": round(peak_mb(), 1),
    }


def installed(name: str) -> str:
    """Return the version of a distribution, "" if it is not installed as one."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def peak_mb() -> float:
    """Return the most memory that this process had resident."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000_000 / 1024)


def main() -> None:
    """Read the task and the questions; whatever a system prints goes to standard error."""
    os.environ |= {"TOKENIZERS_PARALLELISM": "true", "HF_HUB_OFFLINE": "1"}
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    logging.disable(logging.WARNING)
    replies = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        running, indexed = take_in(SYSTEMS[sys.argv[1]], json.loads(sys.stdin.readline()))
        print(json.dumps(indexed), file=replies, flush=True)
        for line in sys.stdin:
            print(json.dumps(answer(running, json.loads(line))), file=replies, flush=True)


if __name__ == "__main__":
    main()
