"""How an index is, what its doctor found, and how it is set up."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.text import Text

from api.terminal.citation import counted
from api.terminal.paragraph import indented
from api.terminal.screen import inert
from index.doctor import Finding
from index.status import Status

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def status_lines(folder: Path, status: Status) -> Iterator[Text]:
    """Return what there is to know of an index."""
    health = Text("needs care", "bold yellow") if status.degraded else Text("healthy", "bold green")
    yield Text.assemble("The index in ", (inert(str(folder)), "bold"), " is ", health, ".")
    known = {
        "Articles": f"{status.articles:,} ({counted(status.sources, 'outlet')})",
        "Passages": f"{status.passages:,} ({counted(status.sentences, 'sentence')})",
        "Languages": _shares(status.languages),
        "Generation": f"{status.generation:,}",
        "Segments": f"{status.segments:,} ({counted(status.tombstones, 'row')} deleted)",
        "On disk": _sizes(status.bytes_on_disk),
        "Model": f"{status.model}, {status.dimension} dimensions ({status.fingerprint})",
    }
    for label, value in known.items():
        if value:
            yield Text.assemble((f"{label + ':':<12}", "bold"), inert(value))
    for each in status.degraded:
        yield Text(f"! {inert(each)}", "yellow")


def finding_lines(folder: Path, findings: Sequence[Finding]) -> Iterator[Text]:
    """Return what the doctor found, a line a check, and what mends what is wrong."""
    widest = max(len(each.check) for each in findings)
    for each in findings:
        sign = Text("✓ ", "green") if each.ok else Text("✗ ", "bold red")
        yield Text.assemble(sign, f"{each.check:<{widest}}  ", inert(each.detail))
        if each.remedy:
            yield Text.assemble(" " * (widest + 4), ("→ " + inert(each.remedy), "bold"))
    wrong = sum(not each.ok for each in findings)
    verdict = counted(wrong, "check") + " found something" if wrong else "Nothing is wrong"
    yield Text(f"{verdict} in {inert(str(folder))}.", "bold yellow" if wrong else "bold green")


def setting_lines(table: Sequence[Mapping[str, object]], width: int) -> Iterator[Text]:
    """Return settings as a settings file has them, with where each comes from and what it means."""
    for row in table:
        line = Text.assemble((inert(str(row["name"])), "bold"), " = ", inert(_value(row["value"])))
        if row["from"] != "default":
            line.append(f"  (from {inert(str(row['from']))})", "cyan")
        yield line
        meaning = Text(f"{row['description']}: {row['bounds']}", "dim")
        yield from indented(meaning, width)


def _value(value: object) -> str:
    """Return a value as a flag or a variable would give it."""
    return (", ".join(map(str, value)) or "none") if isinstance(value, tuple) else str(value)


def size(number: int) -> str:
    """Return a number of bytes in the unit that suits it: 3.4 MB."""
    amount, unit = float(number), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    digits = 1 if unit and amount < 99.95 else 0
    return f"{amount:.{digits}f} {_UNITS[unit]}"


def _sizes(parts: Mapping[str, int]) -> str:
    each = ", ".join(f"{name} {size(number)}" for name, number in parts.items())
    return f"{size(sum(parts.values()))} ({each})"


def _shares(languages: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {number:,}" for code, number in languages.items())
