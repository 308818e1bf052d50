"""Whatever bytes a file holds, it becomes articles or is said not to, and never fails otherwise."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.load import Fetcher, Unread, load

PIECES = st.lists(
    st.sampled_from(
        [
            *(b"<p>", b"</p>", b"<html", b" lang=fr>", b"<!--", b"-->", b"<![CDATA[", b"<script>"),
            *(b"---\n", b"title: a\n", b"- ", b"> ", b"```", b"# ", b"| a |\n", b"[a](b)", b"**"),
            *(b'{"text": "', b'"}', b"[", b"]", b"\\ud800", b"null", b"\n", b"<rss>", b"<item>"),
            *(b"<link>http://[", b"</item>", b"&#0;", b"&#x110000;", b"\xef\xbb\xbf", b"\xff\xfe"),
            *(b"\0", b"\x1b$B", b"\x1f\x8b\x08", b"%PDF-1.4\n", "Un été.".encode(), b"\xe9t\xe9"),
        ]
    )
).map(b"".join)


def nothing(host: str, port: int) -> list[str]:
    """A name service that knows no host: no test reaches the web."""
    raise OSError(host, port)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.pdf", "a.xml", "a.txt.gz"]
)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary() | PIECES)
@example(data=b"")
@example(data=b"\xef\xbb\xbf")
@example(data=b"---\n: : :\n---\n")
def test_any_bytes_become_articles_or_are_said_not_to(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for each in load(path, fetch=Fetcher(look_up=nothing)):
        if isinstance(each, Unread):
            assert each.error.remedy
        else:
            assert isinstance(each, Article)
            assert any(sign.isalpha() for sign in each.text)
            each.text.encode()
