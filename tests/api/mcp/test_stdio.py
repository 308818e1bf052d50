"""``pullquote mcp`` as a process, with the SDK's own client at its other end."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import StdioServerParameters
from mcp.client import Client

ROOT = Path(__file__).parents[3]
Start = Callable[..., list[str]]


@pytest.fixture
def index(tmp_path: Path, program: Start) -> Path:
    """The folder of an index with one article."""
    article = tmp_path / "frigates.txt"
    article.write_text("Denmark will send two frigates. Sweden refused to send soldiers.")
    subprocess.run(program("--data", tmp_path / "index", "add", article), cwd=ROOT, check=True)
    return tmp_path / "index"


@pytest.fixture
def start(index: Path, program: Start) -> list[str]:
    """How to start ``pullquote mcp`` with a library that talks."""
    return program("--data", index, "mcp", said="a library that talks\n")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_client_lists_the_tools_and_calls_them(start: list[str], mode: Any) -> None:
    server = StdioServerParameters(command=start[0], args=start[1:], cwd=str(ROOT))

    async def visit() -> None:
        async with Client(server, mode=mode) as client:
            tools = (await client.list_tools()).tools
            assert [tool.name for tool in tools] == ["ask", "search", "get_article"]
            answer = await client.call_tool("ask", {"question": "Who refused to send soldiers?"})
            assert answer.structured_content["coverage"]["articles_in_scope"] == 1
            found = await client.call_tool("search", {"query": "frigates"})
            (passage,) = found.structured_content["passages"]
            given = {"article_id": passage["article_id"]}
            article = await client.call_tool("get_article", given)
            text = article.structured_content["text"]
            assert text[passage["start"] : passage["end"]] == passage["text"]
            wrong = await client.call_tool("ask", {"question": ""})
            assert wrong.is_error

    asyncio.run(visit())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_listed_while_the_models_are_loaded(
    index: Path, program: Start, tmp_path: Path, mode: Any
) -> None:
    loaded = tmp_path / "loaded"
    command, *arguments = program("--data", index, "mcp", said="loading", awaited=loaded)
    server = StdioServerParameters(command=command, args=arguments, cwd=str(ROOT))

    async def visit() -> None:
        async with Client(server, mode=mode) as client:
            assert len((await client.list_tools()).tools) == 3
            loaded.touch()
            answer = await client.call_tool("ask", {"question": "Who refused to send soldiers?"})
            assert answer.structured_content["coverage"]["passages_read"] == 1

    asyncio.run(visit())


def test_models_are_loaded_unasked_and_who_leaves_does_not_wait_for_them(
    index: Path, program: Start, tmp_path: Path
) -> None:
    said = "the models are being loaded\n"
    start = program("--data", index, "mcp", said=said, awaited=tmp_path / "never")
    with subprocess.Popen(
        start,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        assert process.stderr.readline() == said
        process.stdin.write(conversation(INITIALIZE))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdin.close()
        assert process.wait(60) == 0
        assert process.stdout.read() == ""


def conversation(*messages: Any) -> str:
    return "".join(
        (each if isinstance(each, str) else json.dumps({"jsonrpc": "2.0", **each})) + "\n"
        for each in messages
    )


INITIALIZE = {
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"},
    },
}
ASK = {"name": "ask", "arguments": {"question": "Who refused?"}}


def test_nothing_but_the_protocol_is_printed_on_standard_output(start: list[str]) -> None:
    said = conversation(
        INITIALIZE,
        {"method": "notifications/initialized"},
        "this is no JSON",
        {"id": 2, "method": "tools/call", "params": ASK},
    )
    with subprocess.Popen(
        start,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(said)
        process.stdin.flush()
        answers: list[Any] = []
        while not answers or answers[-1].get("id") != 2:
            answers.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        rest, complaints = process.stdout.read(), process.stderr.read()
        assert process.wait(60) == 0
    assert rest == ""
    assert "a library that talks" in complaints
    assert answers[-1]["result"]["structuredContent"]["question"] == "Who refused?"


def test_an_index_that_is_not_there_fails_the_start_on_standard_error(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "api.cli", "mcp", "--data", str(tmp_path / "none")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert ran.stdout == ""
    assert "There is no index" in ran.stderr
