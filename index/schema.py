"""The tables of ``catalog.sqlite``, and the number of their format.

A passage's vector is found by its id: each segment file carries the ids of its rows. An id that is
in a file but no longer in ``passages`` is a tombstone, so that a deleted passage cannot be found
even by mistake; ``segments.dead`` counts them, and a merge drops them.
"""

import secrets
import sqlite3

from index.state import Built

APPLICATION_ID = 0x50514C51  # "PQLQ" in the header of the file: the catalog is ours
FORMAT = 1  # raised when an older program could not read what a newer one writes

SCHEMA = """
CREATE TABLE state (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    incarnation   TEXT NOT NULL,     -- new with a rebuild or restore: numbers may mean other rows
    fingerprint   TEXT NOT NULL,     -- of the embedder
    dimension     INTEGER NOT NULL,
    model         TEXT NOT NULL,     -- as it was asked for, to name it in a remedy
    generation    INTEGER NOT NULL,  -- raised with every change of what is answered
    manifest      INTEGER NOT NULL,  -- raised with every change of the table of segments
    removals_from INTEGER NOT NULL   -- `removals` holds all that was removed after this generation
) STRICT;

CREATE TABLE articles (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: arrays are indexed by it
    id         TEXT NOT NULL UNIQUE,
    title      TEXT,
    source     TEXT,
    url        TEXT,
    published  INTEGER,            -- proleptic Gregorian ordinal, as date.toordinal()
    language   TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    characters INTEGER NOT NULL,   -- code points
    family     INTEGER NOT NULL,   -- number of the first article of the near-duplicate group
    generation INTEGER NOT NULL    -- of the last change
) STRICT;
CREATE INDEX articles_by_family ON articles (family);
CREATE INDEX articles_by_generation ON articles (generation);

-- Apart from the rest, so that reading what is known of all articles does not read their texts.
CREATE TABLE texts (
    article   INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    signature BLOB NOT NULL,  -- MinHash of the text
    text      TEXT NOT NULL
) STRICT;

CREATE TABLE bands (
    band    INTEGER NOT NULL,  -- hash of it; articles that share one are compared
    article INTEGER NOT NULL,
    PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE passages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- ascending within an article, as they stand
    article      INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    content_hash BLOB NOT NULL,  -- of what was embedded
    sentences    BLOB NOT NULL   -- start, end, start, end...: uint32, little endian, code points
) STRICT;
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX passages_by_content ON passages (content_hash);

CREATE TABLE segments (
    name  TEXT PRIMARY KEY,
    dead  INTEGER NOT NULL,  -- rows whose passage is gone
    entry TEXT NOT NULL      -- SegmentFile as JSON: files, sizes, checksums
) STRICT;

-- What is gone, so that a reader and the lexical index can follow without reading all again.
CREATE TABLE removals (
    generation INTEGER NOT NULL,
    article    INTEGER,
    passage    INTEGER
) STRICT;
CREATE INDEX removals_by_generation ON removals (generation);

CREATE TABLE centroids (
    language TEXT PRIMARY KEY,
    passages INTEGER NOT NULL,
    total    BLOB NOT NULL      -- sum of the passage vectors: float64, little endian
) STRICT;
"""


def make(connection: sqlite3.Connection, built: Built) -> None:
    """Make the tables of a new catalog, of generation 0."""
    for statement in SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO state VALUES (1, ?, ?, ?, ?, 0, 0, 0)",
        (secrets.token_hex(8), built.fingerprint, built.dimension, built.model),
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
