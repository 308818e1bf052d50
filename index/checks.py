"""The single checks of the doctor: each returns its complaints, none when all is well."""

import hashlib
import sqlite3
from collections.abc import Iterable

import numpy as np

from index.folder import DataFolder, find_orphans
from index.generation import Generation, manifest
from index.lexicon import Lexicon
from index.repair import dead_rows
from index.rows import unpacked

FAMILIES = """
    SELECT a.id FROM articles a LEFT JOIN articles first ON first.number = a.family
    WHERE first.number IS NULL OR first.family <> first.number OR first.number > a.number
"""


def file_of_catalog(connection: sqlite3.Connection) -> list[str]:
    """Check the pages and indexes of the SQLite file."""
    rows = connection.execute("PRAGMA integrity_check")
    return [row[0] for row in rows if row[0] != "ok"]


def references(connection: sqlite3.Connection) -> list[str]:
    """Check that every row that belongs to an article has one."""
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    complaints = [f"a row of {table} belongs to no article" for table, *_ in rows]
    textless = connection.execute(
        "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM texts)"
    )
    return complaints + [f"article {article_id!r} has no text" for (article_id,) in textless]


def texts(connection: sqlite3.Connection) -> list[str]:
    """Check every text against its checksum, and the offsets of its passages."""
    complaints = []
    rows = connection.execute(
        "SELECT a.number, a.id, a.sha256, a.characters, t.text FROM articles a"
        " JOIN texts t ON t.article = a.number"
    )
    for number, article_id, sha256, characters, text in rows:
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != sha256 or len(text) != characters:
            complaints.append(f"the text of article {article_id!r} is not the one stored")
        passages = connection.execute(
            "SELECT sentences FROM passages WHERE article = ? ORDER BY id", (number,)
        )
        if not all(_fits(sentences, len(text)) for (sentences,) in passages):
            complaints.append(f"a passage of article {article_id!r} is no slice of its text")
    return complaints


def families(connection: sqlite3.Connection) -> list[str]:
    """Check that every near-duplicate group is named by its first article."""
    rows = connection.execute(FAMILIES)
    return [f"the group of article {article_id!r} has another first one" for (article_id,) in rows]


def orphans(place: DataFolder, connection: sqlite3.Connection) -> list[str]:
    """Check that there is no file that the manifest does not name. Needs the writer's lock."""
    names = [entry.name for entry in manifest(connection)]
    return [f"{name} belongs to nothing" for name in find_orphans(place.vectors, names)]


def vectors(generation: Generation) -> list[str]:
    """Check that every passage has its vectors, once, and as many as it has sentences."""
    owner = generation.columns.owner
    rows = np.zeros(len(owner), np.int64)
    for opened in generation.segments:
        np.add.at(rows, opened.ids, 1)
    lost = int(np.count_nonzero((owner > 0) & (rows == 0)))
    twice = int(np.count_nonzero((owner > 0) & (rows > 1)))
    complaints = [f"{lost} passages have no vectors"] if lost else []
    return complaints + ([f"{twice} passages have vectors twice"] if twice else [])


def sentence_counts(connection: sqlite3.Connection, generation: Generation) -> list[str]:
    """Check that every passage has as many sentence vectors as sentences."""
    counted = np.zeros(len(generation.columns.owner), np.int64)
    for opened in generation.segments:
        counted[opened.ids] = opened.segment.sentence_counts
    rows = connection.execute("SELECT id, length(sentences) / 8 FROM passages")
    wrong = sum(1 for passage, count in rows if counted[passage] not in (0, count))
    return [f"{wrong} passages have the vectors of other sentences"] if wrong else []


def counts(connection: sqlite3.Connection, generation: Generation) -> list[str]:
    """Check the tombstones and the passages of each language, which are counted as they change."""
    dead = dict(connection.execute("SELECT name, dead FROM segments"))
    complaints = [
        f"segment {name} has {actual} deleted rows, not {dead[name]}"
        for name, actual in dead_rows(generation).items()
        if dead[name] != actual
    ]
    counted = dict(connection.execute("SELECT language, passages FROM centroids"))
    stored = dict(
        connection.execute(
            "SELECT a.language, count(*) FROM passages p JOIN articles a ON a.number = p.article"
            " GROUP BY a.language"
        )
    )
    if not len(generation.lost()) and counted != stored:
        complaints.append(f"passages by language are {stored}, not {counted}")
    return complaints


def words(generation: Generation, lexicon: Lexicon) -> list[str]:
    """Check that the lexical index is whole, and holds the passages that there are, no other."""
    if (complaint := lexicon.complaint()) is not None:
        return [complaint]
    words = generation.words
    if words is None or not generation.is_in_step:
        return ["the lexical index is behind the catalog, or cannot be read"]
    held, wanted = words.passage_ids(), np.flatnonzero(generation.columns.owner)
    differences = {
        "lacks {} passages": len(np.setdiff1d(wanted, held)),
        "holds {} passages that are gone": len(np.setdiff1d(held, wanted)),
        "holds {} passages twice": len(held) - len(np.unique(held)),
    }
    return [
        f"the lexical index {difference.format(count)}"
        for difference, count in differences.items()
        if count
    ]


def shown(complaints: Iterable[str], limit: int = 3) -> str:
    """Return the first complaints as one line, and how many more there are."""
    every = list(complaints)
    more = f" (and {len(every) - limit} more)" if len(every) > limit else ""
    return "; ".join(every[:limit]) + more


def _fits(sentences: bytes, length: int) -> bool:
    try:
        passage = unpacked(sentences)
    except ValueError:
        return False
    pairs = zip(passage.sentences, passage.sentences[1:], strict=False)
    return passage.end <= length and all(one.end <= next_.start for one, next_ in pairs)
