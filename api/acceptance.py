"""Files, pages and the samples on their way in: what can be read is stored, the rest is named."""

import time
from collections.abc import Callable, Iterable, Iterator

from api.gates import Gates
from api.intake import Intake
from api.problems import UNUSABLE, ProblemError
from api.replies import Taken
from api.replies import Unread as Refused
from api.samples import sample_folder
from index.article import Article
from index.errors import UnreadableError
from index.load import Fetch, Loaded, Unread, load
from index.load.bytes import read
from index.load.fetch import is_address

MOST_PAGES = 50  # of one feed
MOST_SECONDS = 120.0  # for all of them: no new page is begun after that


class Acceptance:
    """Reads what is not sent as articles. Addresses of private networks are never fetched."""

    def __init__(self, intake: Intake, gates: Gates, fetch: Fetch) -> None:
        self._intake = intake
        self._gates = gates
        self._fetch = fetch

    async def file(self, name: str, data: bytes) -> Taken:
        """Store what a file holds. Raises ProblemError if nothing in it can be read."""
        return await self._gates.ingests.run(self._take, read(name, data))

    async def page(self, url: str) -> Taken:
        """Store the article at an address, or those of a feed. Raises ProblemError for neither."""
        if not is_address(url):
            detail = f"{url} is no address of a page. Give one like https://example.org/a."
            raise ProblemError(UNUSABLE, detail)
        # Not in the line of those who store: a slow page would hold up all of them.
        loaded = await self._gates.fetches.run(bounded, load(url, fetch=self._fetch), url)
        return await self._gates.ingests.run(self._take, loaded)

    async def samples(self) -> Taken:
        """Store the sample articles. Raises SamplesMissingError where they are not installed."""
        return await self._gates.ingests.run(self._take, load(sample_folder()))

    def _take(self, loaded: Iterable[Loaded]) -> Taken:
        articles: list[Article] = []
        unread: list[Refused] = []
        for each in loaded:
            if isinstance(each, Unread):
                unread.append(Refused(origin=each.origin, detail=str(each.error)))
            else:
                articles.append(each)
                self._intake.check_count(len(articles))
        if unread and not articles:
            raise ProblemError(UNUSABLE, unread[0].detail)
        stored, generation = self._intake.store(articles)
        return Taken(articles=stored, unread=tuple(unread), generation=generation)


def bounded(
    loaded: Iterator[Loaded], url: str, *, clock: Callable[[], float] = time.monotonic
) -> list[Loaded]:
    """Return what is loaded within the limits; that there was more is said as one more thing."""
    taken: list[Loaded] = []
    end = clock() + MOST_SECONDS
    for each in loaded:
        taken.append(each)
        if len(taken) == MOST_PAGES or clock() > end:
            taken.append(Unread(url, _more(len(taken))))
            break
    return taken


def _more(count: int) -> UnreadableError:
    return UnreadableError(
        f"Only the first {count} articles were fetched.",
        remedy="Fetch the rest on the command line: pullquote add takes a feed of any length.",
    )
