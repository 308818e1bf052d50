"""The command line of the trial."""

import argparse
import sys
import tempfile
from pathlib import Path

from eval.crash.trial import Report, trial


def main() -> int:
    """Run the trial and print what came of it; 1 if anything was lost or wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another trial")
    parser.add_argument("--folder", type=Path, help="index to use and to keep; else a passing one")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = chosen.folder or Path(passing) / "index"
        report = trial(folder, chosen.rounds, chosen.seed, on_round=_show)
    _print(report)
    return 1 if report.violations else 0


def _show(report: Report) -> None:
    if sys.stderr.isatty():
        print(
            f"\r{report.rounds} kills, {len(report.violations)} violations",
            end="",
            file=sys.stderr,
            flush=True,
        )


def _print(report: Report) -> None:
    print(f"\n{report.rounds} processes killed while they wrote")
    for phase, kills in report.kills.most_common():
        print(f"  {kills:5} {phase}")
    print(f"{report.acknowledged} operations acknowledged, none of which may be lost")
    print(f"{report.kept} operations not acknowledged, but there, whole")
    print(f"{len(report.violations)} violations")
    for violation in report.violations:
        print(f"  {violation}")


if __name__ == "__main__":
    sys.exit(main())
