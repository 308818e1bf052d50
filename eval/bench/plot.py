"""Curves into a file. matplotlib is needed only by whoever wants one."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDINGS = {".svg", ".png", ".pdf"}
COLOURS = ("#1b6ca8", "#c2552d", "#3f7d58", "#7b5ea7", "#8a6d1d", "#5f5f5f")


def require_matplotlib(file: Path) -> None:
    """Raise InputError where no such plot can be drawn."""
    if file.suffix.lower() not in ENDINGS:
        raise InputError(
            f"{file} is no kind of picture that can be drawn.",
            remedy=f"Name it with one of {', '.join(sorted(ENDINGS))}.",
        )
    if find_spec("matplotlib") is None:
        raise InputError(
            "A plot needs matplotlib, which is not installed.",
            remedy="Install it (pip install 'pullquote[eval]'), or leave out --plot.",
        )


def draw(file: Path, title: str, panels: int, paint: Callable[[list["Axes"]], None]) -> None:
    """Write a picture of panels side by side, which ``paint`` fills."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.2 * panels, 3.8), layout="constrained")
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(1, panels, squeeze=False)[0])
    figure.suptitle(title)
    for each in axes:
        each.set_prop_cycle(color=COLOURS)
    paint(axes)
    for each in axes:
        each.grid(visible=True, alpha=0.25)
        each.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, dpi=150)
