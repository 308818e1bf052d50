"""The public sets of a data folder, by name: ``qa/*.json.gz`` and the folders of ``ir``.

========================  ==========================================================================
``piaf.dev``              the questions and the paragraphs of one part
``piaf.train+dev``        the questions of the last part, asked of the paragraphs of all
``xquad.en-de.dev``       English questions, asked of the German paragraphs
``xquad.en-de.train+dev`` both
``time``                  a folder of ``ir``
========================  ==========================================================================
"""

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

from eval.datasets.beir import read_beir
from eval.datasets.parallel import cross
from eval.datasets.squad import read_squad
from eval.question import Collection

# Of the sets whose name does not end in a language, as "afriqa.fr" does; else it is detected.
LANGUAGES = {
    "arcd": "ar",
    "clapnq": "en",
    "cnil-faq-fr": "fr",
    "covidqa": "en",
    "fairytaleqa": "en",
    "faquad": "pt",
    "norquad-news": "nb",
    "norquad-wiki": "nb",
    "piaf": "fr",
    "qamr": "en",
    "selqa": "en",
    "squad-es": "es",
    "squad-it": "it",
    "time": "en",
    "torque": "en",
}
_ACROSS = re.compile(r"(?P<family>.+)\.(?P<asked>[a-z]{2})-(?P<over>[a-z]{2})")
_ENDINGS = (".json.gz", ".json")


def open_public(name: str, data_dir: Path) -> Collection | None:
    """Return a set of the data folder; None if a file of it is not there."""
    folder = data_dir / "ir" / name
    if (folder / "corpus.jsonl").is_file():
        return read_beir(folder, language=language_of(name))
    called, _, joined = name.rpartition(".")
    across = _ACROSS.fullmatch(called)
    asked, over = (
        (f"{across['family']}.{across['asked']}", f"{across['family']}.{across['over']}")
        if across
        else (called, called)
    )
    parts = joined.split("+")
    asked_file = _file(data_dir, asked, parts[-1])
    searched_files = [path for part in parts if (path := _file(data_dir, over, part))]
    if asked_file is None or len(searched_files) < len(parts):
        return None
    searched = [read_squad(path, language=language_of(over)) for path in searched_files]
    last = searched[-1]
    if across:
        last = cross(read_squad(asked_file, language=language_of(asked)), last)
    return replace(last, articles=tuple(chain.from_iterable(each.articles for each in searched)))


def language_of(name: str) -> str | None:
    """Return the language of a set by its name without the part, None if that does not tell."""
    family, _, ending = name.rpartition(".")
    return ending if family and re.fullmatch("[a-z]{2}", ending) else LANGUAGES.get(name)


def public_names(data_dir: Path) -> list[str]:
    """Return what a data folder has, each set once with its parts: ``piaf.dev|train``."""
    parts: dict[str, list[str]] = {}
    for path in sorted((data_dir / "qa").glob("*.json*")):
        for ending in _ENDINGS:
            if path.name.endswith(ending):
                called, _, part = path.name.removesuffix(ending).rpartition(".")
                parts.setdefault(called, []).append(part)
    folders = sorted(path.parent.name for path in (data_dir / "ir").glob("*/corpus.jsonl"))
    return [f"{called}.{'|'.join(found)}" for called, found in parts.items()] + folders


def _file(data_dir: Path, called: str, part: str) -> Path | None:
    paths = (data_dir / "qa" / f"{called}.{part}{ending}" for ending in _ENDINGS)
    return next((path for path in paths if path.is_file()), None)
