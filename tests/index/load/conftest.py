"""A site on this machine, PDFs made by hand, and texts to load."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville. "
PAGE = (
    '<html lang="fr"><head><title>Le port rouvre</title></head>'
    f"<body><article><p>{WORDS * 3}</p><p>{WORDS * 2}</p></article></body></html>"
)
FEED = """<rss version="2.0"><channel><title>Le Phare &amp; Co</title><language>fr</language>
<item><title>Le &lt;i&gt;port&lt;/i&gt; rouvre</title><link>/a</link>
<pubDate>Wed, 07 Jan 2026 08:00:00 GMT</pubDate></item>
<item><title>Encore</title><link>/a?utm_source=rss</link></item>
<item><title>Perdu</title><link>/none</link></item>
<item><title>Sans adresse</title></item></channel></rss>"""


class Site(BaseHTTPRequestHandler):
    """Pages, moved pages, and everything that a page should not be."""

    pages: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/a": ("text/html; charset=utf-8", PAGE.encode()),
        "/latin": ("text/html; charset=iso-8859-1", PAGE.encode("cp1252")),
        "/feed": ("application/rss+xml", FEED.encode()),
        "/rows": ("application/x-ndjson", b'{"id": "r1", "text": "Un port."}\n{"text": 1}\n'),
        "/text": ("text/plain", WORDS.encode()),
        "/note.md": ("text/plain", f"---\nid: taken\n---\n# Le *port*\n\n{WORDS}".encode()),
        "/picture": ("image/png", b"\x89PNG"),
        "/large": ("text/html", PAGE.encode() * 2000),
        "/large-text": ("text/plain", b"a" * 2_000_000),
    }
    packed: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/packed": ("gzip", gzip.compress(PAGE.encode())),
        "/bomb": ("gzip", gzip.compress(b"a" * 100_000_000)),
        "/twice": ("gzip, gzip", gzip.compress(gzip.compress(PAGE.encode()))),
        "/cut": ("gzip", gzip.compress(PAGE.encode())[:40]),
        "/liar": ("gzip", PAGE.encode()),
    }
    moved: ClassVar[dict[str, str]] = {
        "/old": "/a#part",
        "/inside": "http://10.0.0.1/",
        "/cloud": "http://169.254.169.254/latest/meta-data/",
        "/mapped": "http://[::ffff:127.0.0.1]/",
        "/decimal": "http://2130706433/",
        "/loop": "/loop",
        "/file": "file:///etc/passwd",
        "/nowhere": "http://[/",
    }

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in self.moved:
            self._head(302, {"Location": self.moved[path]})
        elif path == "/slow":
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000)
        elif path == "/host":
            self._head(200, {"Content-Type": "text/plain"})
            self.wfile.write(f"Hôte : {self.headers['Host']} {self.headers['User-Agent']}".encode())
        elif path in self.packed:
            coding, body = self.packed[path]
            self._head(200, {"Content-Type": "text/html", "Content-Encoding": coding})
            self._send(body)
        else:
            kind, body = self.pages.get(path, ("text/html", b""))
            self._head(200 if body else 404, {"Content-Type": kind})
            self._send(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self, data: bytes) -> None:
        """Send a byte now and then, so that no single wait is long."""
        for byte in data:
            self._send(bytes([byte]))
            time.sleep(0.05)

    def _send(self, body: bytes) -> None:
        try:
            self.wfile.write(body)
        except OSError:  # the other side has had enough
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    block_on_close = False  # a slow answer that nobody waits for ends by itself
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Where the site is, as ``127.0.0.1:port``."""
    with Server(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


PdfMaker = Callable[..., bytes]


@pytest.fixture(scope="session")
def make_pdf() -> PdfMaker:
    """A function from pages, each a list of (x, y, line), to the bytes of a PDF."""
    return _make_pdf


def _make_pdf(
    *pages: Sequence[tuple[float, float, str]], about: str = "", trailer: str = ""
) -> bytes:
    fonts = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
    fonts += " /Encoding /WinAnsiEncoding >> >>"
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + 2 * len(pages), 2))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< {about} >>".encode(),
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents {5 + 2 * number} 0 R"
            f" /Resources << {fonts} >> >>".encode()
        )
        drawn = b"".join(_drawn(*line) for line in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _assembled(objects, trailer)


def _drawn(x: float, y: float, line: str) -> bytes:
    escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F 10 Tf {x} {y} Td ({escaped}) Tj ET\n".encode("cp1252")


def _assembled(objects: Sequence[bytes], trailer: str) -> bytes:
    body = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    root = f"/Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R {trailer}"
    return bytes(body + f"trailer\n<< {root} >>\nstartxref\n{table}\n%%EOF".encode())
