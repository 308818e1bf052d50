"""What is to be run, and how it comes about: collection, target, file, questions."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.cli.session import Session
from api.terminal.citation import counted
from eval.datasets.named import open_collection
from eval.question import Collection
from eval.record import Header
from eval.run import header as headers
from eval.run.asking import asked, spread
from eval.run.file import Run, writing
from eval.run.indexes import engine_over
from eval.run.progress import asking_bar
from eval.run.service import Service, require_articles
from eval.run.target import Target
from qa.settings import Settings

LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One run that somebody wants."""

    collection: str  # a name that ``open_collection`` knows, or a path
    settings: Settings
    data_dir: Path | None = None
    engine: str = LOCAL  # or the address of a service
    limit: int | None = None  # questions at most
    add: bool = False  # send the service the articles that it lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the questions are put to, and the header of what comes back."""

    target: Target
    header: Header
    warm_up: Callable[[], object]  # called before the first question, if there is one to ask


def carry_out(session: Session, order: Order, file_for: Callable[[Header], Path]) -> Run:
    """Ask what has not been asked yet, and return the whole run.

    ``file_for`` says where the records go, once it is known what the run is made with. Raises
    InputError for a set, a question or a file that cannot be used, StoreError for an index or a
    service.
    """
    collection = collection_of(session, order)
    opening = through_service if order.engine != LOCAL else in_process
    with opening(session, order, collection) as opened:
        run = ask_all(session, opened, collection, file_for(opened.header))
    if any(record.answer.generation != run.header.generation for record in run.records):
        session.screen.warn(
            "The index changed while the questions were asked: these answers are not all of one "
            "generation. Run it again while nothing is added.",
            style="yellow",
        )
    return run


def collection_of(session: Session, order: Order) -> Collection:
    """Open the collection, with as many of its questions as are wanted."""
    with session.screen.busy("Reading the set"):
        collection = open_collection(order.collection, order.data_dir)
    for reason, count in collection.left_out.items():
        session.screen.warn(f"Left out: {reason}: {count:,}", style="yellow")
    return spread(collection, order.limit)


@contextmanager
def in_process(session: Session, order: Order, collection: Collection) -> Iterator[Opened]:
    """Open an engine over the collection."""
    with engine_over(session, collection, order.settings) as engine:
        header = headers.local_header(order.collection, collection, engine)
        yield Opened(target=engine, header=header, warm_up=engine.warm_up)


@contextmanager
def through_service(session: Session, order: Order, collection: Collection) -> Iterator[Opened]:
    """Reach a service that holds the collection's articles, or is given them."""
    with closing(Service(order.engine, key=session.key)) as service:
        with session.screen.busy("Comparing the articles"):
            holdings = service.holdings(collection)
        if order.add and holdings.to_send:
            total = len(holdings.to_send)
            with session.screen.busy(f"Sending {counted(total, 'article')}"):
                service.add(holdings.to_send)
            holdings = service.holdings(collection)
        require_articles(holdings, collection, service.address)
        if holdings.others:
            session.screen.warn(
                f"The service holds {counted(holdings.others, 'article')} besides those of the "
                "set, and searches them too; a run in process does not.",
                style="yellow",
            )
        header = headers.service_header(
            order.collection, collection, service.address, service.generation()
        )
        yield Opened(target=service, header=header, warm_up=service.generation)


def ask_all(session: Session, opened: Opened, collection: Collection, path: Path) -> Run:
    """Ask the questions that have no record in the file yet, and write one for each."""
    languages = {article.id: article.language for article in collection.articles}
    questions = collection.questions
    with writing(path, opened.header, questions) as writer:
        before = len(writer.records)
        if before < len(questions):
            with session.screen.busy("Loading the model"):
                opened.warm_up()  # so that the first question is as fast as the next
        with asking_bar(session.screen, len(questions), before=before) as on_asked:
            for question in questions[before:]:
                writer.add(asked(opened.target, question, languages))
                on_asked()
        return Run(path=path, header=writer.header, records=tuple(writer.records))
