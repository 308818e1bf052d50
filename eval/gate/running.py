"""The runs that a gate needs: given ones, or made now, or made before under the same conditions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from api.cli.session import Session
from eval.gate.floors import Floors
from eval.gate.verdicts import by_set
from eval.record import Header
from eval.run.file import Run, read_run
from eval.run.header import SHORT, fingerprint
from eval.run.order import Order, carry_out
from qa.settings import Settings


def runs_for(
    session: Session,
    floors: Floors,
    given: Sequence[Path],
    settings: Settings,
    data_dir: Path | None,
) -> dict[str, Run]:
    """Return a whole run of every set that has a floor.

    A run that was made in this process with equal code, weights, settings and articles is used
    again: its header says so. Raises what a run raises, and RunFileError for a given one.
    """
    found = by_set([read_run(path) for path in given])
    kept = settings.cache.expanduser() / "eval" / "runs"
    for name in floors.sets:
        if name not in found:
            order = Order(collection=name, settings=settings, data_dir=data_dir)
            found[name] = carry_out(session, order, lambda header: kept / file_name(header))
    return found


def file_name(header: Header) -> str:
    """Return the name of a kept run: equal headers have equal names, whenever they began."""
    name = re.sub(r"[^\w.-]+", "-", header.collection).strip("-.") or "set"
    return f"{name}-{fingerprint(replace(header, started=''))[:SHORT]}.jsonl"
