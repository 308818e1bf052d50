"""What a figure was measured on. Without it, a figure says nothing."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

_PROCESSORS = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The machine, and how busy it was when the run began."""

    processor: str
    processors: int
    memory_gb: float
    system: str
    python: str
    load: float  # processes that wanted to run, over the last minute
    niced: float  # share of all processors taken by processes of low priority, over half a second

    @classmethod
    def now(cls) -> Self:
        """Look at the machine; takes half a second."""
        busy = psutil.cpu_times_percent(interval=0.5)
        return cls(
            processor=_processor(),
            processors=os.cpu_count() or 1,
            memory_gb=round(psutil.virtual_memory().total / 1e9, 1),
            system=f"{platform.system()} {platform.release()}",
            python=sys.version.split()[0],
            load=round(os.getloadavg()[0], 2),
            niced=round(getattr(busy, "nice", 0.0) / 100, 2),
        )

    def __str__(self) -> str:
        return (
            f"{self.processors} processors ({self.processor}), {self.memory_gb:g} GB, "
            f"load {self.load:.1f} when the run began"
        )


def _processor() -> str:
    if _PROCESSORS.is_file():
        for line in _PROCESSORS.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
