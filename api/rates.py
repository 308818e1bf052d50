"""How often a key may call: the last minute counts, at every moment."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Rates:
    """Counts the requests of each key; one key cannot use up the turn of another."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute  # 0 for any number
        self._limit = RateLimitItemPerMinute(max(per_minute, 1))
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait_s(self, name: str) -> int:
        """Count a request; 0 if it may be answered, else the seconds until one may."""
        if not self.per_minute or self._limiter.hit(self._limit, name):
            return 0
        free_at = self._limiter.get_window_stats(self._limit, name).reset_time
        return max(1, math.ceil(free_at - time.time()))
