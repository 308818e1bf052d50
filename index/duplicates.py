"""Near-duplicates: the same dispatch as several outlets print it.

Texts are compared as sets of shingles, runs of ``SHINGLE_WORDS`` folded words, by MinHash (Broder,
"On the resemblance and containment of documents", 1997), so that a signature of fixed size is all
that is stored of a text. Bands of the signature find the candidates without comparing all pairs.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from index.words import words

SHINGLE_WORDS = 5
HASHES = 128
BAND_HASHES = 4
DUPLICATE_AT = 0.5

_COUNT_BYTES = 4
_SEED = 1


def signature(text: str) -> bytes:
    """Return the signature of a text: the number of its shingles, then its least hashes.

    The same bytes for the same text, on every machine. Case, accents and punctuation do not count.
    """
    import datasketch  # here, because scipy comes with it: half a second of every start

    shingles = _shingles(text)
    minhash = datasketch.MinHash(
        seed=_SEED, scheme="affine32", permutations=_permutations(), num_perm=HASHES
    )
    minhash.update_batch(shingles)
    hashes: bytes = minhash.hashvalues.astype("<u4").tobytes()
    return len(shingles).to_bytes(_COUNT_BYTES, "little") + hashes


def bands(signature: bytes) -> list[bytes]:
    """Return the keys of a signature: two texts are candidates when they share one, at its place.

    None for a text without words.
    """
    if _count(signature) == 0:
        return []
    size = 4 * BAND_HASHES
    hashes = signature[_COUNT_BYTES:]
    return [
        bytes([place]) + hashes[start : start + size]
        for place, start in enumerate(range(0, len(hashes), size))
    ]


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated share of shingles that two texts have in common, in [0, 1].

    Jaccard similarity of the sets; the standard error is below 0.045. Texts without words have
    nothing in common.
    """
    if _count(a) == 0 or _count(b) == 0:
        return 0.0
    return float(np.mean(_hashes(a) == _hashes(b)))


def _shingles(text: str) -> set[bytes]:
    found = words(text, "und")
    last = max(1, len(found) - SHINGLE_WORDS + 1) if found else 0
    return {" ".join(found[i : i + SHINGLE_WORDS]).encode() for i in range(last)}


def _count(signature: bytes) -> int:
    return int.from_bytes(signature[:_COUNT_BYTES], "little")


def _hashes(signature: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(signature, "<u4", offset=_COUNT_BYTES)


@cache
def _permutations() -> npt.NDArray[np.uint32]:
    import datasketch

    made: npt.NDArray[np.uint32] = datasketch.MinHash(
        num_perm=HASHES, seed=_SEED, scheme="affine32"
    ).permutations
    return made
