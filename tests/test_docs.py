"""What the documentation says is true: commands exist, settings are the real ones, quotes stand."""

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import click
import httpx
import msgspec
import pytest
import uvicorn

from api.app import create_app
from api.cli import main
from api.configuration import settings_table
from api.messages import Ask
from eval.cli import main as evaluation
from index.article import Article
from index.load import load
from index.protocols import Embedder
from index.store import LocalStore
from qa.conversation import understood
from qa.engine import Engine
from qa.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md")]

# `eval` is registered by an entry point, which a checkout that is not installed lacks.
COMMANDS = main.commands | {"eval": evaluation}
ADDRESS = "http://127.0.0.1:8017"  # as the README has it
WAIT_S = 60  # the first question loads the reader
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in FENCE.findall(page.read_text("utf-8")) if name == language]


def _calls(page: Path, program: str) -> Iterator[list[str]]:
    """Yield the arguments of every call of ``program`` in code spans and shell blocks."""
    spans = re.findall(rf"`({program} [^`\n]+)`", page.read_text("utf-8"))
    for line in [*spans, *"\n".join(_blocks(page, "bash")).splitlines()]:
        if line.startswith(f"{program} "):
            yield shlex.split(line.split("|")[0], comments=True)[1:]


def _marked(name: str) -> list[str]:
    """Return what stands in the README between two marks."""
    text = README.read_text("utf-8")
    return re.findall(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)


def _options(command: click.Command) -> set[str]:
    named = [each for each in command.params if isinstance(each, click.Option)]
    return {name for each in named for name in each.opts} | {"--help"}


def _known(name: str, arguments: list[str]) -> set[str]:
    """Return the options of a command or, of a group, those of the command within it."""
    command = COMMANDS[name]
    if not isinstance(command, click.Group):
        return _options(command)
    within = [word for word in arguments if word in command.commands]
    assert within, f"no such command: {arguments}"
    return _options(command.commands[within[0]])


def settings_markdown() -> str:
    """Return the settings table of the README."""
    rows = [
        f"| `{row.name}` | {_value(row.default)} | {row.bounds} | {row.description} |"
        for row in settings_table()
    ]
    return "\n".join(["| setting | default | may be | meaning |", "|---|---|---|---|", *rows])


def _value(default: object) -> str:
    return "none" if default == () else f"`{default}`"


def test_the_settings_table_of_the_readme_is_the_real_one() -> None:
    (table,) = _marked("settings")
    assert table.strip() == settings_markdown(), f"\n{settings_markdown()}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_pullquote_command_that_is_named_exists_with_its_options(page: Path) -> None:
    for arguments in _calls(page, "pullquote"):
        names = [word for word in arguments if word in COMMANDS]
        if arguments[0].startswith("-") and not names:
            assert arguments[0].split("=")[0] in _options(main), arguments
            continue
        assert names, f"no such command: {arguments}"
        known = _known(names[0], arguments) | _options(main)
        given = {word.split("=")[0] for word in arguments if word.startswith("-")}
        assert given <= known, f"{arguments}: {given - known}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_that_is_run_exists_with_its_options(page: Path) -> None:
    given: dict[str, set[str]] = {}
    for arguments in _calls(page, "python"):
        if arguments[:2] != ["-m", "venv"] and arguments[0] == "-m":
            options = {word.split("=")[0] for word in arguments[2:] if word.startswith("-")}
            given.setdefault(arguments[1], set()).update(options)
    for module, options in given.items():
        known = _options_of_module(module)
        assert options <= known, f"{module}: {options - known}"


def _options_of_module(module: str) -> set[str]:
    spec = find_spec(module)
    assert spec is not None, module
    package = spec.submodule_search_locations is not None
    command = getattr(import_module(f"{module}.__main__" if package else module), "main", None)
    if isinstance(command, click.Command):
        return _options(command)
    helped = subprocess.run(
        [sys.executable, "-m", module, "--help"], capture_output=True, text=True, check=True
    )
    return set(re.findall(r"--[a-z-]+", helped.stdout))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for arguments in _calls(page, "make"):
        assert arguments[0] in targets, arguments


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_linked_is_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_is_in_the_readme() -> None:
    named = {word for arguments in _calls(README, "pullquote") for word in arguments}
    commands = set(COMMANDS) | set(evaluation.commands)
    assert commands <= named, commands - named


def test_every_quote_of_the_transcript_stands_in_the_samples() -> None:
    samples = " ".join(
        " ".join(article.text.split())
        for article in load(ROOT / "samples" / "articles")
        if isinstance(article, Article)
    )
    (transcript,) = _marked("transcript")
    quotes = re.findall(r"(?:^ *│ .*\n)+", transcript, re.MULTILINE)
    assert quotes
    for quote in quotes:
        words = " ".join(quote.replace("│", " ").split())
        assert re.sub(r"\s*\[\d+\]$", "", words) in samples, words


@pytest.fixture
def address(tmp_path: Path, hashing_embedder: Embedder, dispatch: Article) -> Iterator[str]:
    """A service with one article, on a free port."""
    store = LocalStore.open(tmp_path, fingerprint="hashing-64", dimension=64, model="hashing")
    with Engine(Settings(data=tmp_path, reader="off"), store, hashing_embedder) as engine:
        list(engine.add([dispatch]))
        server = uvicorn.Server(uvicorn.Config(create_app(engine), port=0, log_config=None))
        thread = Thread(target=server.run)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


def test_the_http_examples_are_answered(address: str) -> None:
    shell = "\n".join(_blocks(README, "bash"))
    calls = re.findall(r"^curl -s (\S+) -H '[^']*' -d '([^']*)'", shell, re.MULTILINE)
    assert [urlsplit(url).path for url, _ in calls] == ["/v1/articles", "/v1/ask"]
    for url, body in calls:
        assert url.startswith(ADDRESS)
        here = url.replace(ADDRESS, address)
        answer = httpx.post(here, json=json.loads(body), timeout=WAIT_S)
        assert answer.status_code == 200, answer.text


def test_the_follow_up_of_the_readme_is_understood_as_it_says() -> None:
    (body,) = _blocks(README, "json")
    asked = msgspec.json.decode(body, type=Ask)
    (said,) = re.findall(r'`"understood_as": "(.+)"`', README.read_text("utf-8"))
    assert understood(asked.question, asked.turns()) == said


def test_every_http_call_that_is_named_is_in_the_contract(address: str) -> None:
    document = httpx.get(f"{address}/schema/openapi.json").json()
    known = {
        f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item
    }
    named = set(re.findall(r"`((?:GET|POST|DELETE) /[^`]+)`", README.read_text("utf-8")))
    assert named - known <= {"GET /schema"}
    assert known <= named


def test_the_python_example_runs(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = _blocks(README, "python")
    exec(example.replace(ADDRESS, address), {})
    assert capsys.readouterr().out.startswith(("answered ", "weak ", "no_answer "))
