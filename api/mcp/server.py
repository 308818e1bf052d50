"""The protocol's server over an engine, the same for every transport."""

import logging
from typing import Any

import mcp_types as types
import msgspec
from mcp.server import Server
from mcp.shared.exceptions import MCPError

from api.bodies import describe
from api.gates import Gates
from api.json_schema import whole_schema_of
from api.mcp.tools import INSTRUCTIONS, TOOLS, Tool
from api.problems import INTERNAL, ProblemError
from api.version import installed_version
from index.errors import PullquoteError
from qa.engine import Engine

log = logging.getLogger(__name__)

_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def create_server(engine: Engine, gates: Gates) -> Server[Any]:
    """Return a server that calls the tools over an open engine, each behind its gate."""

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = next((each for each in TOOLS if each.name == asked.name), None)
        if tool is None:
            there_are = ", ".join(each.name for each in TOOLS)
            raise MCPError(
                types.INVALID_PARAMS,
                f"There is no tool {asked.name[:200]!r}; there are {there_are}.",
            )
        return await _call(tool, asked.arguments or {}, engine, gates)

    return Server(
        "pullquote",
        title="Pullquote",
        version=installed_version(),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=required_first(whole_schema_of(tool.arguments)),
        output_schema=whole_schema_of(tool.result),
        annotations=_READ_ONLY.model_copy(update={"title": tool.title}),
    )


def required_first(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object as it is best read: what has to be given before the rest."""
    fields: dict[str, Any] = schema["properties"]
    ordered = sorted(fields, key=lambda name: name not in schema["required"])
    return schema | {"properties": {name: fields[name] for name in ordered}}


async def _call(
    tool: Tool, arguments: dict[str, Any], engine: Engine, gates: Gates
) -> types.CallToolResult:
    """Return what a tool gives, or what is wrong, in words that the model can act on."""
    gate = gates.questions if tool.asks else gates.reads
    try:
        given: Any = msgspec.convert(arguments, tool.arguments)
        result = await gate.run(tool.call, engine, given)
    except msgspec.ValidationError as error:
        return _failed(describe(str(error), tool.arguments))
    except (PullquoteError, ProblemError) as error:
        return _failed(str(error))
    except Exception:
        log.exception("the tool %s failed", tool.name)
        return _failed(INTERNAL.example)
    return types.CallToolResult(
        content=[types.TextContent(text=tool.in_words(result))],
        structured_content=msgspec.to_builtins(result),
    )


def _failed(what: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=what)], is_error=True)
