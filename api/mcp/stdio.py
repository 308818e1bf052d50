"""The protocol over standard input and output: for programs that start Pullquote themselves."""

import asyncio
import logging
import os
import sys
import threading

from mcp.server.stdio import stdio_server

from api.gates import Gates, Limits
from api.mcp.server import create_server
from index.errors import PullquoteError
from qa.engine import Engine

log = logging.getLogger(__name__)


def serve(engine: Engine) -> None:
    """Answer until standard input ends, and load the models meanwhile.

    All that time the SDK leads whatever else is printed to standard error: nothing but the protocol
    reaches standard output.
    """
    loading = threading.Thread(target=_warm_up, args=(engine,), name="loading", daemon=True)
    asyncio.run(_serve(engine, loading))
    if loading.is_alive():
        _leave_loading()


async def _serve(engine: Engine, loading: threading.Thread) -> None:
    gates = Gates.open(Limits())
    server = create_server(engine, gates)
    try:
        async with stdio_server() as (reading, writing):
            loading.start()  # not sooner: a library that is being loaded may print
            await server.run(reading, writing, server.create_initialization_options())
    finally:
        gates.close()


def _warm_up(engine: Engine) -> None:
    try:
        engine.warm_up()
    except PullquoteError as error:  # the first question says it to the model as well
        log.warning("The models cannot be loaded. %s", error)


def _leave_loading() -> None:
    """End the process at once: a thread cannot be stopped, and the other end has gone.

    Nothing is lost by it: this process only reads.
    """
    logging.shutdown()
    sys.stderr.flush()
    os._exit(0)
