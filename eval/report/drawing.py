"""Charts as SVG that stands inside a page: its colours and its type, light or dark.

matplotlib draws with colours that stand for roles; they become CSS variables of the page. Ids are
made unique, because a page holds several charts.
"""

import html
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 4.5, 3.0  # inches: 324 points wide, so that 9 point type is legible on a telephone
TYPE = 9.0  # points
LONGEST_LABEL = 22  # characters in a legend
INK, MUTED, GRID = "#010201", "#010202", "#010203"
SERIES = ("#020301", "#020302", "#020303", "#020304", "#020305")
DASHES = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), (0, (3, 1)))
_ROLES = {INK: "--ink", MUTED: "--muted", GRID: "--line"} | {
    colour: f"--series-{number}" for number, colour in enumerate(SERIES, 1)
}

Draw = Callable[["Axes"], None]


def svg(name: str, title: str, description: str, draw: Draw, *, height: float = HEIGHT) -> str:
    """Return what ``draw`` puts on a pair of axes, as one element for a page.

    ``name`` makes its ids unique; title and description are for those who do not see it.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Text stays text: it takes the page's type, and can be searched and read aloud.
    style: Any = {"svg.fonttype": "none", "svg.hashsalt": name, "font.size": TYPE}
    with mpl.rc_context(style):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        plain(axes)
        draw(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    return embedded(file.getvalue(), name, title, description)


def plain(axes: "Axes") -> None:
    """Leave what carries meaning: two axes, faint lines behind, no box."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(GRID)
    axes.tick_params(colors=MUTED, length=3, width=0.8)
    axes.grid(visible=True, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(MUTED)


def legend(axes: "Axes") -> None:
    """Add a legend above the axes, where it hides nothing, if there are things to tell apart."""
    handles, labels = axes.get_legend_handles_labels()
    if len(handles) > 1:
        axes.legend(
            handles,
            [shortened(label) for label in labels],
            loc="lower left",
            bbox_to_anchor=(-0.02, 1.0),
            ncols=2,
            frameon=False,
            labelcolor=INK,
            handlelength=2.6,
        )


def shortened(label: str) -> str:
    """Return a label of which two stand beside each other; the beginning and the end stay."""
    if len(label) <= LONGEST_LABEL:
        return label
    half = LONGEST_LABEL // 2
    return f"{label[: half - 1]}…{label[-half:]}"


def embedded(drawn: str, name: str, title: str, description: str) -> str:
    """Return a file of SVG as an element: without prolog and size, with names that are its own."""
    body = drawn[drawn.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = re.sub(r"font: ([\d.]+)px [^;\"]+", r"font-size: \1px", body)
    body = re.sub(r"; font-family: [^;\"]+", "", body)
    for colour, variable in _ROLES.items():
        body = body.replace(colour, f"var({variable})")
    view = re.search(r'viewBox="[^"]+"', body)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{view[0] if view else ""} role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{html.escape(title)}</title>'
        f'<desc id="{name}-desc">{html.escape(description)}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: opening, body, count=1).strip()
