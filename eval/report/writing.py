"""Fills in a page, and puts it where it is wanted, whole or not at all."""

from pathlib import Path
from typing import Any

import jinja2

from eval.run.errors import RunFileError
from index.files import write_durably

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **content: Any) -> str:
    """Fill in a template; whatever stands in an article or a question is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**content)


def write_page(path: Path, content: str) -> None:
    """Write a page in UTF-8. Raises RunFileError, DiskFullError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, content.encode())
    except OSError as error:
        raise RunFileError(
            f"{path} cannot be written: {error.strerror}.", remedy="Name another file."
        ) from error
