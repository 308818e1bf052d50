"""A small collection, engines over it, a real service, and records said in few words."""

import json
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import click
import msgspec
import pytest
import uvicorn
from click.testing import CliRunner, Result

from api.app import create_app
from api.cli import main
from api.cli.session import Session
from eval.question import Collection, Facet, Place, Question
from eval.record import Header, Record
from eval.run.file import Run
from index.article import Article
from index.protocols import Embedder, Filters
from index.store import LocalStore
from qa.answer import (
    Answer,
    Citation,
    Coverage,
    FoundPassage,
    Point,
    Quote,
    Status,
    Timing,
    Turn,
    Verdict,
)
from qa.engine import Engine
from qa.settings import Settings

FRIGATES = Article(
    id="frigates",
    text=(
        "Denmark will send two frigates to the strait. Sweden refused to send soldiers. "
        "The minister spoke in Stockholm on Tuesday."
    ),
    title="Two frigates for the mission",
    source="The Lantern",
    language="en",
)
HARVEST = Article(
    id="harvest",
    text="The wheat harvest was poor in the south. Bread costs more since September.",
    language="en",
)
PHARE = Article(
    id="phare",
    text=(
        "Le phare de Men Du sera repeint en avril. La Suède a refusé d'envoyer des soldats. "
        "Le gardien attend les beaux jours."
    ),
    language="fr",
)
ARTICLES = (FRIGATES, HARVEST, PHARE)


def facet(name: str, *quotes: tuple[Article, str]) -> Facet:
    """Return a facet whose places are where the quotes stand."""
    places = []
    for article, words in quotes:
        start = article.text.index(words)
        places.append(Place(article_id=article.id, start=start, end=start + len(words)))
    return Facet(name=name, places=tuple(places), shorts=(name,))


QUESTIONS = (
    Question(
        id="sends",
        text="Which frigates will Denmark send to the strait?",
        language="en",
        facets=(facet("two frigates", (FRIGATES, "two frigates")),),
    ),
    Question(
        id="refuses",
        text="Who refused to send soldiers?",
        language="en",
        kind="list",
        facets=(facet("Sweden", (FRIGATES, "Sweden"), (PHARE, "La Suède")),),
    ),
    Question(
        id="bread",
        text="Since when does bread costs more?",
        language="en",
        kind="date",
        facets=(facet("September", (HARVEST, "September")),),
        scope=Filters(article_ids=("harvest", "phare")),
    ),
    Question(
        id="where",
        text="Et où a-t-elle parlé, la minister in Stockholm?",
        language="fr",
        kind="follow_up",
        history=(Turn(question="Who refused?", answer="« Sweden refused »"),),
        standalone="Where did the minister speak?",
        facets=(facet("Stockholm", (FRIGATES, "Stockholm")),),
    ),
    Question(
        id="japan",
        text="How many aeroplanes did Tokyo buy?",
        language="en",
        kind="number",
        close=True,
    ),
)


@pytest.fixture
def collection() -> Collection:
    return Collection(name="small", articles=ARTICLES, questions=QUESTIONS)


Opener = Callable[..., Engine]


@pytest.fixture
def opener(hashing_embedder: Embedder) -> Opener:
    """Opens engines as ``pullquote`` does, with the small embedder."""

    def open_(settings: Settings, *, rebuilding: bool = False) -> Engine:
        store = LocalStore.open(
            settings.data,
            fingerprint=hashing_embedder.fingerprint,
            dimension=hashing_embedder.dimension,
            model=settings.model,
        )
        return Engine(settings, store, hashing_embedder)

    return open_


@pytest.fixture
def engine(tmp_path: Path, opener: Opener, collection: Collection) -> Iterator[Engine]:
    """An engine over the collection."""
    with opener(Settings(data=tmp_path / "index", model="hashing", reader="off")) as opened:
        list(opened.add(collection.articles))
        yield opened


Serve = Callable[[Engine], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts services on free ports; returns the address."""
    with ExitStack() as stack:
        yield lambda engine: stack.enter_context(serving(engine))


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(engine), port=0, log_config=None))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def session(opener: Opener) -> Session:
    """What a call of ``pullquote`` works with."""
    return Session(click.Context(main), opener)


@pytest.fixture
def timeless() -> Callable[[Record], Record]:
    """Takes from a record what differs each time: times, and the number of the generation."""
    none = Timing(embed=0, retrieve=0, read=0, compose=0, total=0)

    def strip(record: Record) -> Record:
        answer = replace(record.answer, timing_ms=none, generation=0)
        return replace(record, answer=answer, wall_ms=0.0)

    return strip


Words = tuple[Article, str]  # words of an article, as they stand there


class Says:
    """Makes the record of a question that was answered with some words of some articles."""

    def __call__(
        self,
        question: Question,
        *points: Sequence[Words],
        found: Sequence[Article] = ARTICLES,
        confidence: float = 0.5,
        milliseconds: float = 10.0,
    ) -> Record:
        all_words = dict.fromkeys(words for point in points for words in point)
        numbers = {words: number for number, words in enumerate(all_words, 1)}
        citations = tuple(self.cite(number, *words) for words, number in numbers.items())
        answer = Answer(
            question=question.text,
            language=question.language,
            status=Status.ANSWERED if points else Status.NO_ANSWER,
            confidence=confidence,
            answer="",
            points=tuple(self.point([numbers[words] for words in p], citations) for p in points),
            citations=citations,
            nearest=(),
            coverage=Coverage(passages_read=3, articles_matched=3, articles_in_scope=3),
            generation=1,
            timing_ms=Timing(embed=1, retrieve=2, read=3, compose=0, total=milliseconds),
        )
        languages = {article.id: article.language for article in ARTICLES}
        return Record(
            question=question,
            answer=answer,
            candidates=tuple(
                FoundPassage(
                    article_id=article.id, start=0, end=len(article.text), text=article.text,
                    dense=0.8, lexical=-1.5, score=3.0 - rank,
                )
                for rank, article in enumerate(found)
            ),
            verdicts=tuple(Verdict.EXACT for _ in citations),
            languages=tuple(dict.fromkeys(languages[p.article_id] for p in question.places)),
            wall_ms=milliseconds + 1,
        )  # fmt: skip

    @staticmethod
    def cite(number: int, article: Article, words: str) -> Citation:
        start = article.text.index(words)
        return Citation.cut(article, article.sha256, start, start + len(words), number=number)

    @staticmethod
    def point(numbers: Sequence[int], citations: Sequence[Citation]) -> Point:
        quotes = tuple(Quote(text=citations[n - 1].text, citation=n) for n in numbers)
        return Point(short=None, quotes=quotes, independent_sources=1, score=1.0)


@pytest.fixture
def says() -> Says:
    return Says()


@pytest.fixture
def asked_for() -> dict[str, Question]:
    """The questions of the small collection, by id."""
    return {question.id: question for question in QUESTIONS}


@pytest.fixture
def stands() -> dict[str, Article]:
    """The articles of the small collection, by id."""
    return {article.id: article for article in ARTICLES}


MakeRun = Callable[..., Run]


@pytest.fixture
def make_run(tmp_path: Path) -> MakeRun:
    """Makes a run of records, and its file."""

    def make(name: str, records: Sequence[Record], **header: object) -> Run:
        about = Header(
            format=1, collection="small.dev", fingerprint="f" * 64, questions=len(records),
            articles=3, engine="local", settings={"passages": 20}, model="hashing-64",
            generation=1, versions={"python": "3.11"}, machine={"cores": "2"},
            started="2026-01-07T10:00:00+00:00",
        )  # fmt: skip
        about = replace(about, **header)
        path = tmp_path / f"{name}.jsonl"
        lines = (msgspec.json.encode(each) for each in (about, *records))
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return Run(path=path, header=about, records=tuple(records))

    return make


def sentence(article: Article, text: str, short: str) -> dict[str, str]:
    return {"article": f"{article.id}.md", "text": text, "short": short}


WRITTEN = (
    {
        "id": "sends",
        "question": "Which frigates will Denmark send to the strait?",
        "facets": [
            {
                "name": "two",
                "sentences": [
                    sentence(
                        FRIGATES, "Denmark will send two frigates to the strait.", "two frigates"
                    )
                ],
            }
        ],
    },
    {
        "id": "refuses",
        "question": "Who refused to send soldiers?",
        "facets": [
            {
                "name": "Sweden",
                "sentences": [
                    sentence(FRIGATES, "Sweden refused to send soldiers.", "Sweden"),
                    sentence(PHARE, "La Suède a refusé d'envoyer des soldats.", "La Suède"),
                ],
            }
        ],
    },
    {
        "id": "phare",
        "question": "Quand le phare de Men Du sera repeint ?",
        "language": "fr",
        "kind": "date",
        "facets": [
            {
                "name": "avril",
                "sentences": [
                    sentence(PHARE, "Le phare de Men Du sera repeint en avril.", "en avril")
                ],
            }
        ],
    },
    {
        "id": "bread",
        "question": "Bread costs more since when?",
        "kind": "date",
        "facets": [
            {
                "name": "September",
                "sentences": [sentence(HARVEST, "Bread costs more since September.", "September")],
            }
        ],
    },
    {"id": "japan", "question": "Tokyo aeroplanes?", "facets": [], "close": True},
)


@pytest.fixture
def own_set(tmp_path: Path) -> Path:
    """A question set as a user has it: a folder of articles and a file of questions."""
    folder = tmp_path / "archive"
    (folder / "articles").mkdir(parents=True)
    for article in ARTICLES:
        front = f"---\nid: {article.id}\nlang: {article.language}\n---\n"
        (folder / "articles" / f"{article.id}.md").write_text(front + article.text + "\n")
    lines = (json.dumps({"language": "en"} | each, ensure_ascii=False) for each in WRITTEN)
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


Pullquote = Callable[..., Result]


@pytest.fixture
def pullquote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: Opener) -> Pullquote:
    """Runs ``pullquote`` in an empty folder, with the small embedder and the harness installed."""
    about = tmp_path / "installed" / "pullquote_eval-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: pullquote-eval\nVersion: 1\n")
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    registered = project["project"]["entry-points"]["pullquote.commands"]
    lines = (f"{name} = {value}" for name, value in registered.items())
    (about / "entry_points.txt").write_text("\n".join(["[pullquote.commands]", *lines]) + "\n")
    monkeypatch.syspath_prepend(str(about.parent))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULLQUOTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PULLQUOTE_MODEL", "hashing")

    def call(*arguments: str | Path, opens: Opener = opener) -> Result:
        return CliRunner().invoke(main, [str(each) for each in arguments], obj=opens)

    return call
