"""Both clients send files, addresses and the samples to the real service."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.client import (
    AsyncClient,
    Client,
    ConnectionFailed,
    InvalidRequest,
    NotUploaded,
    Sent,
    Uploaded,
)
from api.parts import PART_BYTES, PART_LINES
from api.samples import SAMPLES
from api.serve import address_of, bind
from index.errors import UnreadableError
from index.load import Page
from qa.engine import Engine

PDF = SAMPLES / "lettre-du-large-analyse-paris.pdf"
LONG = "The keeper counted the ships again. "
FEED = (
    b"<rss version='2.0'><channel><title>The Gull</title>"
    b"<item><title>Light</title><link>https://gull.example/light</link></item>"
    b"<item><title>Gone</title><link>https://gull.example/gone</link></item></channel></rss>"
)


def web(url: str) -> Page:
    """A small web of two addresses."""
    if url.endswith("/light"):
        return Page(url, b"The lighthouse was lit again on Friday.", "text/plain", "utf-8")
    if url.endswith("/feed"):
        return Page(url, FEED, "application/rss+xml")
    raise UnreadableError(f"{url} answers 404 Not Found.", remedy="Check the address.")


@pytest.fixture
def address(engine: Engine, served: Callable[..., str]) -> str:
    return served(engine, fetch=web)


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def rows(path: Path, *texts: str | None) -> Path:
    """Write JSON Lines; None makes a line that cannot be read."""
    lines = (json.dumps({"title": "x"} if text is None else {"text": text}) for text in texts)
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_a_file_is_sent_under_its_name_and_followed(client: Client) -> None:
    told: list[Sent] = []
    taken = client.upload(PDF, on_progress=told.append)
    assert [each.status for each in taken.articles] == ["added"]
    assert taken.articles[0].id.startswith("lettre-du-large")
    assert taken.unread == ()
    assert {each.path for each in told} == {PDF}
    sent = [each.sent for each in told]
    assert sent == sorted(sent) and sent[-1] == told[-1].size == PDF.stat().st_size
    assert [told[0].articles, told[-1].articles] == [0, 1]
    assert client.article(taken.articles[0].id).text


def test_a_large_file_is_told_piece_by_piece(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text(LONG * 5_000)
    told: list[Sent] = []
    client.upload(str(path), on_progress=told.append)
    assert len({each.sent for each in told}) > 1
    assert all(0 < each.sent <= each.size for each in told)


def test_rows_go_in_parts_and_keep_their_numbers(client: Client, tmp_path: Path) -> None:
    texts = [f"Night {n} was cold." for n in range(PART_LINES + 5)]
    texts_and_gaps = [*texts[:3], None, *texts[3:PART_LINES], None, *texts[PART_LINES:]]
    told: list[Sent] = []
    path = rows(tmp_path / "nights.jsonl", *texts_and_gaps)
    taken = client.upload(path, on_progress=told.append)
    assert len(taken.articles) == len(texts)
    assert [each.origin for each in taken.unread] == [
        "nights.jsonl:4",
        f"nights.jsonl:{PART_LINES + 2}",
    ]
    assert taken.generation == client.ready().generation
    assert {each.articles for each in told} == {0, PART_LINES - 1, len(texts)}
    again = client.upload(path)
    assert {each.status for each in again.articles} == {"unchanged"}


def test_a_part_of_which_no_line_can_be_read_ends_nothing(client: Client, tmp_path: Path) -> None:
    path = rows(tmp_path / "a.jsonl", *[None] * PART_LINES, "The harvest was good.")
    taken = client.upload(path)
    assert len(taken.articles) == 1
    (unread,) = taken.unread
    assert unread.origin == f"a.jsonl:1–{PART_LINES}"
    assert "neither text nor html" in unread.detail


def test_rows_longer_than_a_part_go_one_by_one(client: Client, tmp_path: Path) -> None:
    long = LONG * (PART_BYTES // len(LONG))
    told: list[Sent] = []
    path = rows(tmp_path / "a.jsonl", long, "Short.", f"Other. {long}")
    taken = client.upload(path, on_progress=told.append)
    assert len(taken.articles) == 3
    assert [each.articles for each in told if each.sent == each.size][-1] == 3


def test_files_that_cannot_be_read_end_nothing_and_say_why(client: Client, tmp_path: Path) -> None:
    word, good = tmp_path / "report.docx", tmp_path / "good.txt"
    word.write_bytes(b"PK")
    good.write_text("The harvest was good.")
    missing, folder = tmp_path / "missing.txt", tmp_path
    bad_rows = rows(tmp_path / "bad.jsonl", None)
    empty = rows(tmp_path / "empty.jsonl")
    files = [word, missing, folder, bad_rows, empty, good]
    outcomes = list(client.upload_all(files))
    assert [each.path for each in outcomes] == files
    *refused, stored = outcomes
    assert isinstance(stored, Uploaded)
    assert stored.taken.articles[0].status == "added"
    said = [each.detail for each in refused if isinstance(each, NotUploaded)]
    for detail, part in zip(
        said,
        ["Save it as PDF", "No such file", "Is a directory", "neither text nor html", "is empty"],
        strict=True,
    ):
        assert part in detail


def test_one_file_by_itself_raises_what_is_wrong_with_it(client: Client, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        client.upload(tmp_path / "missing.txt")
    with pytest.raises(InvalidRequest, match="neither text nor html"):
        client.upload(rows(tmp_path / "bad.jsonl", None, None))


def test_a_file_larger_than_the_service_takes_is_refused_and_the_next_one_is_not(
    make_engine: Callable[..., Engine], served: Callable[..., str], tmp_path: Path
) -> None:
    large, small = tmp_path / "large.txt", tmp_path / "small.txt"
    large.write_text(LONG * (1_500_000 // len(LONG)))
    small.write_text("The harvest was good.")
    with Client(served(make_engine(max_body_mb=1))) as client:
        refused, stored = client.upload_all([large, small])
    assert isinstance(refused, NotUploaded)
    assert "larger than 1,000,000 bytes" in refused.detail
    assert isinstance(stored, Uploaded)


def test_a_service_that_is_gone_is_raised_and_not_told_of_each_file() -> None:
    with (
        bind("127.0.0.1", 0) as unheard,
        Client(address_of(unheard)) as client,
        pytest.raises(ConnectionFailed, match="Start the service"),
    ):
        list(client.upload_all([PDF, PDF]))


def test_the_service_fetches_a_page_and_names_what_of_a_feed_it_cannot(client: Client) -> None:
    (stored,) = client.fetch("https://gull.example/light").articles
    assert client.article(stored.id).url == "https://gull.example/light"
    taken = client.fetch("https://gull.example/feed")
    assert [each.status for each in taken.articles] == ["updated"]  # the feed knows its title
    assert [each.origin for each in taken.unread] == ["https://gull.example/gone"]
    with pytest.raises(InvalidRequest, match="no address of a page"):
        client.fetch("file:///etc/passwd")


def test_the_samples_are_added(client: Client) -> None:
    assert len(client.add_samples().articles) == 47


def test_the_asynchronous_client_does_the_same(address: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    nights = rows(tmp_path / "nights.jsonl", *(f"Night {n}." for n in range(PART_LINES + 1)), None)
    told: list[Sent] = []

    async def visit() -> None:
        async with AsyncClient(address) as client:
            files = client.upload_all([nights, missing, PDF], on_progress=told.append)
            rows_stored, not_stored, pdf_stored = [each async for each in files]
            assert isinstance(rows_stored, Uploaded)
            assert len(rows_stored.taken.articles) == PART_LINES + 1
            assert isinstance(not_stored, NotUploaded)
            assert isinstance(pdf_stored, Uploaded)
            assert (await client.fetch("https://gull.example/light")).articles
            assert len((await client.add_samples()).articles) == 47

    asyncio.run(visit())
    assert [each.path for each in told] == sorted((e.path for e in told), key=[nights, PDF].index)
    assert told[-1].sent == PDF.stat().st_size
