"""Near-duplicates: the same dispatch as several outlets print it.

Texts are compared as sets of shingles, runs of ``SHINGLE_WORDS`` folded words, by MinHash (Broder,
"On the resemblance and containment of documents", 1997): all that is kept of a text is a signature
of fixed size. Bands of the signature find the candidates without comparing all pairs.

What counts is containment, the share of the shorter text that stands in the longer one, because a
paper that prints the first half of a dispatch has no source of its own.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.words import words

if TYPE_CHECKING:
    from datasketch import MinHash

# Measured on 190 agency articles and copies of each with another headline, another lead of 40
# words, half of it cut, 3 % of the words replaced: containment is 0.87 to 1 in the median. Runs of
# three words do no better, of eight lose more to each replaced word.
SHINGLE_WORDS = 5
# 42 bands of three: a copy cut in half (resemblance 0.5) is a candidate with probability 0.996,
# one cut to 40 % with 0.94, an article that shares a paragraph (0.1) with 0.04.
BAND_HASHES = 3
BANDS = 42
# Of 14,000 articles of one news site, 62 pairs lie above this, nearly all of them one dispatch and
# its next version; the estimate finds 57 of them, and 5 that lie just below. There come reports
# that share their background paragraphs, and at 0.55 tables of the day that differ in the figures.
DUPLICATE_AT = 0.7
# Below this resemblance the estimate of containment is more noise than signal.
LEAST_RESEMBLANCE = 0.25

_COUNT_BYTES = 4
_SEED = 1


def signature(text: str) -> bytes:
    """Return the signature of a text: the number of its shingles, then its least hashes.

    The same bytes for the same text, on every machine. Case, accents and punctuation do not count.
    """
    shingles = _shingles(text)
    minhash = _empty().copy()
    minhash.update_batch(shingles)
    hashes: bytes = minhash.hashvalues.astype("<u4").tobytes()
    return len(shingles).to_bytes(_COUNT_BYTES, "little") + hashes


def bands(signature: bytes) -> list[bytes]:
    """Return the keys of a signature: texts that share one are candidates to be compared.

    None for a text without words.
    """
    if _count(signature) == 0:
        return []
    hashes, size = signature[_COUNT_BYTES:], 4 * BAND_HASHES
    return [bytes([i]) + hashes[i * size : (i + 1) * size] for i in range(BANDS)]


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated share of the shorter text that the longer one contains, in [0, 1].

    0 for texts that resemble each other too little to tell, as a text and one of five times its
    length do, and for a text without words. The standard error is 0.09 at most.
    """
    shorter, longer = sorted((_count(a), _count(b)))
    if shorter == 0:
        return 0.0
    resemblance = float(np.mean(_hashes(a) == _hashes(b)))
    if resemblance < LEAST_RESEMBLANCE:
        return 0.0
    common = resemblance / (1 + resemblance) * (shorter + longer)  # J = c / (s + l - c)
    return min(1.0, common / shorter)


def _shingles(text: str) -> set[bytes]:
    found = words(text, "und")
    last = max(1, len(found) - SHINGLE_WORDS + 1) if found else 0
    return {" ".join(found[i : i + SHINGLE_WORDS]).encode() for i in range(last)}


def _count(signature: bytes) -> int:
    return int.from_bytes(signature[:_COUNT_BYTES], "little")


def _hashes(signature: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(signature, "<u4", offset=_COUNT_BYTES)


@cache
def _empty() -> "MinHash":
    from datasketch import MinHash  # late: it brings scipy, which takes a second

    return MinHash(num_perm=BANDS * BAND_HASHES, seed=_SEED, scheme="affine32")
