"""The protocol over standard input and output: for programs that start Pullquote themselves."""

import asyncio

from mcp.server.stdio import stdio_server

from api.gates import Gates, Limits
from api.mcp.server import create_server
from qa.engine import Engine


def serve(engine: Engine) -> None:
    """Answer until standard input ends.

    Meanwhile the SDK leads whatever else is printed to standard error: nothing but the protocol
    reaches standard output.
    """
    asyncio.run(_serve(engine))


async def _serve(engine: Engine) -> None:
    gates = Gates.open(Limits())
    server = create_server(engine, gates)
    try:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())
    finally:
        gates.close()
