"""``pullquote serve``, ``pullquote mcp`` and ``pullquote demo``."""

import logging
from pathlib import Path

import click

from api.cli.options import Command
from api.cli.session import Session, pass_session
from api.cli.setting_options import setting_options
from api.samples import SAMPLES

_SERVE_EXAMPLES = """\b
Examples:
  pullquote serve
  pullquote serve --port 0
  pullquote keys add newsroom && pullquote serve --host 0.0.0.0

Only this machine can reach the service unless --host says otherwise, and then it
wants keys (pullquote keys). It ends with Ctrl-C or SIGTERM, after the requests it
has begun.
"""

_MCP_EXAMPLES = """\b
Examples:
  pullquote mcp
  pullquote mcp --data /var/lib/pullquote

\b
In the settings of a program that speaks the protocol:
  {"mcpServers": {"pullquote": {"command": "pullquote", "args": ["mcp"]}}}

A service that runs answers the same at /mcp.
"""

_DEMO_EXAMPLES = """\b
Examples:
  pullquote demo
  pullquote demo --once
"""

_FOLDER = click.Path(file_okay=False, path_type=Path)

_host = click.option("--host", metavar="ADDRESS", help="Address to listen on.")
_port = click.option("--port", type=int, metavar="N", help="Port to listen on; 0 for any free.")


@click.command(cls=Command, epilog=_SERVE_EXAMPLES)
@setting_options
@pass_session
def serve(session: Session, /, **flags: str | None) -> None:
    """Answer questions over HTTP.

    The calls are described at /schema of the service.
    """
    from api import serve as service

    settings = session.settings(**flags)
    _log_to_stderr(session)

    def on_ready(address: str) -> None:
        session.screen.tell(f"Pullquote listens on {address} (its calls: {address}/schema)")

    service.serve(settings, on_ready=on_ready)


@click.command(cls=Command, epilog=_MCP_EXAMPLES)
@pass_session
def mcp(session: Session) -> None:
    """Let a language model ask, over standard input and output.

    Speaks the Model Context Protocol until standard input ends, and changes nothing.
    """
    from api.mcp.stdio import serve as serve_stdio

    _log_to_stderr(session)
    with session.engine() as engine:
        serve_stdio(engine)


@click.command(cls=Command, epilog=_DEMO_EXAMPLES)
@click.option("--once", is_flag=True, help="Stop after the answer.")
@click.option("--samples", type=_FOLDER, metavar="FOLDER", help="Other articles to index.")
@_host
@_port
@pass_session
def demo(
    session: Session, once: bool, samples: Path | None, host: str | None, port: int | None
) -> None:
    """Index samples, start the service, ask it a question.

    The index is kept in the folder `demo` of the data folder, so that the second time is quick.
    """
    from api import demo as demonstration

    settings = session.settings(host=host, port=port)
    _log_to_stderr(session)
    folder = samples or SAMPLES
    demonstration.run(settings, session.screen, once=once, samples=folder, key=session.key)


def _log_to_stderr(session: Session) -> None:
    level = logging.INFO if session.debug else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s: %(message)s")
