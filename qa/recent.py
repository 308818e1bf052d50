"""The texts that were read last, as the model's lower half left them.

They do not depend on the question, and make up most of the time that reading takes. What is news is
asked about again and again, and a follow-up of the same articles.
"""

from collections.abc import Callable
from threading import Lock

from cachetools import LRUCache

from index.e5_halves import TokenStates

BYTES = 64 << 20  # some two hundred texts


class Recent:
    """Keeps the texts of the newest generation that was asked of. Threads may share it."""

    def __init__(self, size: int = BYTES) -> None:
        self._lock = Lock()
        self._generation = -1
        self._states: LRUCache[str, TokenStates] = LRUCache(size, getsizeof=_size)

    def get(self, text: str, generation: int, read: Callable[[str], TokenStates]) -> TokenStates:
        """Return the states of a text: those kept, or what ``read`` makes of it.

        What a question of an older generation reads is not kept: it may have been deleted since.
        """
        self.forget_before(generation)
        with self._lock:
            known = self._states.get(text)
        if known is not None:
            return known
        states = read(text)
        with self._lock:
            if generation == self._generation and _size(states) <= self._states.maxsize:
                self._states[text] = states
        return states

    def forget_before(self, generation: int) -> None:
        """Keep nothing of an older generation, nor of the questions that still read it."""
        with self._lock:
            if generation > self._generation:
                self._states.clear()
                self._generation = generation


def _size(states: TokenStates) -> int:
    arrays = (states.opening, states.tokens, states.ids, states.offsets)
    return sum(array.nbytes for array in arrays)
