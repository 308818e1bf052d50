"""From a question to a cited answer, in the articles' own words.

``qa.open(settings)`` puts the parts together and returns the engine.
"""

from qa.engine import Engine, open_engine
from qa.settings import Settings

open = open_engine  # noqa: A001  (``qa.open`` reads as what it does)

__all__ = ["Engine", "Settings", "open"]
