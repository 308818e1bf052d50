"""What both clients can do besides articles and questions: send files, addresses, the samples."""

import os
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from api import calls
from api.calls import Call
from api.failures import InvalidRequest
from api.parts import Delivery, NotUploaded, OnSent, Uploaded, concerns_one_file, unwatched
from api.replies import Taken

T = TypeVar("T")
File = str | os.PathLike[str]


class Deliveries:
    """The methods of ``Client`` that bring articles in another form than JSON."""

    def upload(self, file: File, *, on_progress: OnSent = unwatched) -> Taken:
        """Store the articles in a file of this machine: text, Markdown, HTML, PDF, JSON Lines.

        What of it cannot be read is named in ``unread``. JSON Lines go in parts: what was stored
        before an error stays, and costs nothing when the file is sent again. Raises OSError, and
        InvalidRequest if nothing can be read.
        """
        delivery = Delivery(Path(file), on_progress)
        for part in delivery.parts():
            call = calls.upload(delivery.name, part.content, delivery.follow(part))
            try:
                delivery.take(part, self._send(call))
            except InvalidRequest as error:
                delivery.refuse(part, error)
        return delivery.result()

    def upload_all(
        self, files: Iterable[File], *, on_progress: OnSent = unwatched
    ) -> Iterator[Uploaded | NotUploaded]:
        """Yield what became of each file, as it is sent.

        A file that cannot be read ends nothing; an error of the service or on the way is raised.
        """
        for file in map(Path, files):
            try:
                yield Uploaded(path=file, taken=self.upload(file, on_progress=on_progress))
            except (OSError, InvalidRequest) as error:
                yield not_uploaded(file, error)

    def fetch(self, url: str) -> Taken:
        """Have the service fetch and store a page, or the pages of a feed: 50 at most.

        Raises InvalidRequest for an address that is not public, and where nothing can be read.
        """
        return self._send(calls.fetch(url))

    def add_samples(self) -> Taken:
        """Store the sample articles, which come with the service."""
        return self._send(calls.add_samples())

    def _send(self, call: Call[T]) -> T:
        raise NotImplementedError


class AsyncDeliveries:
    """``Deliveries``, awaited."""

    async def upload(self, file: File, *, on_progress: OnSent = unwatched) -> Taken:
        """Store the articles in a file of this machine: text, Markdown, HTML, PDF, JSON Lines.

        What of it cannot be read is named in ``unread``. JSON Lines go in parts: what was stored
        before an error stays, and costs nothing when the file is sent again. Raises OSError, and
        InvalidRequest if nothing can be read.
        """
        delivery = Delivery(Path(file), on_progress)
        for part in delivery.parts():
            call = calls.upload(delivery.name, part.content, delivery.follow(part))
            try:
                delivery.take(part, await self._send(call))
            except InvalidRequest as error:
                delivery.refuse(part, error)
        return delivery.result()

    async def upload_all(
        self, files: Iterable[File], *, on_progress: OnSent = unwatched
    ) -> AsyncIterator[Uploaded | NotUploaded]:
        """Yield what became of each file, as it is sent.

        A file that cannot be read ends nothing; an error of the service or on the way is raised.
        """
        for file in map(Path, files):
            try:
                yield Uploaded(path=file, taken=await self.upload(file, on_progress=on_progress))
            except (OSError, InvalidRequest) as error:
                yield not_uploaded(file, error)

    async def fetch(self, url: str) -> Taken:
        """Have the service fetch and store a page, or the pages of a feed: 50 at most.

        Raises InvalidRequest for an address that is not public, and where nothing can be read.
        """
        return await self._send(calls.fetch(url))

    async def add_samples(self) -> Taken:
        """Store the sample articles, which come with the service."""
        return await self._send(calls.add_samples())

    async def _send(self, call: Call[T]) -> T:
        raise NotImplementedError


def not_uploaded(file: Path, error: OSError | InvalidRequest) -> NotUploaded:
    """Return what a file failed with. Raises the error if the next file would fail with it too."""
    if isinstance(error, InvalidRequest) and not concerns_one_file(error):
        raise error
    return NotUploaded(path=file, error=error)
