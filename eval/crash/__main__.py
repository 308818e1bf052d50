"""The command line of the trial."""

import argparse
import math
import signal
import sys
import tempfile
from pathlib import Path
from threading import Event

from eval.crash.phases import PHASES
from eval.crash.trial import Report, trial

INTERRUPTED = 130  # 128 + SIGINT, as shells count
ROUNDS_A_LINE = 20  # of progress, where nobody watches


def main() -> int:
    """Run the trial and print what came of it, also of a part: 1 if anything was lost or wrong."""
    chosen = _parser().parse_args()
    # Noted, and not raised: between two processes an exception may come where Python drops it. Who
    # limits the time wants the report as much as who presses Ctrl-C.
    stop = Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    with tempfile.TemporaryDirectory() as passing:
        report = trial(
            chosen.folder or Path(passing) / "index",
            chosen.rounds,
            chosen.seed,
            aim=chosen.aim,
            seconds=chosen.minutes * 60,
            on_round=_show,
            stopped=stop.is_set,
        )
    _print(report, of=chosen.rounds)
    if report.violations:
        return 1
    return INTERRUPTED if report.interrupted else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another trial")
    parser.add_argument("--folder", type=Path, help="index to use and to keep; else a passing one")
    parser.add_argument("--aim", choices=PHASES, metavar="PHASE", help=f"one of {_quoted(PHASES)}")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no round after them")
    return parser


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _show(report: Report) -> None:
    words = f"{report.rounds} kills, {len(report.violations)} violations"
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)
    elif report.rounds % ROUNDS_A_LINE == 0:
        print(words, file=sys.stderr, flush=True)


def _print(report: Report, *, of: int) -> None:
    part = f", of {of} that were asked for," if report.rounds < of else ""
    print(f"\n{report.rounds} processes{part} killed while they wrote")
    for phase, kills in report.kills.most_common():
        print(f"  {kills:5} {phase}")
    print(f"{report.acknowledged} operations acknowledged, none of which may be lost")
    print(f"{report.kept} operations not acknowledged, but there, whole")
    print(f"{len(report.violations)} violations")
    for violation in report.violations:
        print(f"  {violation}")


if __name__ == "__main__":
    sys.exit(main())
