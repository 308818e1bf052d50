"""A run over HTTP leaves the records of a run in the same process."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli.session import Session
from api.keys import KeysFile
from eval.question import Collection
from eval.record import Header, Record
from eval.run.errors import AskedError, ServiceArticlesError, ServiceError
from eval.run.file import Run
from eval.run.order import Order, ask_all, carry_out, in_process, through_service
from index.article import Article
from qa.engine import Engine
from qa.settings import Settings

Local = Callable[[], Run]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", model="hashing", reader="off")


@pytest.fixture
def in_this_process(
    session: Session, settings: Settings, collection: Collection, tmp_path: Path
) -> Run:
    order = Order(collection="small", settings=settings)
    with in_process(session, order, collection) as opened:
        return ask_all(session, opened, collection, tmp_path / "local.jsonl")


def over_http(
    session: Session,
    settings: Settings,
    collection: Collection,
    path: Path,
    address: str,
    add: bool,
) -> Run:
    order = Order(collection="small", settings=settings, engine=address, add=add)
    with through_service(session, order, collection) as opened:
        return ask_all(session, opened, collection, path)


@pytest.fixture
def empty_engine(tmp_path: Path, opener: Callable[..., Engine]) -> Engine:
    with opener(Settings(data=tmp_path / "service", model="hashing", reader="off")) as opened:
        yield opened


def test_both_ways_leave_the_same_records(
    session: Session,
    settings: Settings,
    collection: Collection,
    tmp_path: Path,
    in_this_process: Run,
    empty_engine: Engine,
    serve: Callable[[Engine], str],
    timeless: Callable[[Record], Record],
) -> None:
    path = tmp_path / "http.jsonl"
    run = over_http(session, settings, collection, path, serve(empty_engine), add=True)

    assert run.header.engine.startswith("http://127.0.0.1:")
    assert run.header.fingerprint == in_this_process.header.fingerprint
    assert (run.header.settings, run.header.model) == ({}, "")
    assert len(run.records) == 5
    assert [*map(timeless, run.records)] == [*map(timeless, in_this_process.records)]
    assert any(record.answer.citations for record in run.records)
    assert all(record.candidates for record in run.records)


def test_a_service_that_holds_the_articles_is_sent_none(
    session: Session,
    settings: Settings,
    collection: Collection,
    tmp_path: Path,
    engine: Engine,
    serve: Callable[[Engine], str],
) -> None:
    with engine.store.snapshot() as before:
        run = over_http(
            session, settings, collection, tmp_path / "http.jsonl", serve(engine), add=True
        )
    assert run.header.generation == before.generation


def test_missing_and_other_articles_are_named_and_nothing_is_sent_unasked(
    session: Session,
    settings: Settings,
    collection: Collection,
    tmp_path: Path,
    empty_engine: Engine,
    serve: Callable[[Engine], str],
) -> None:
    other = replace(collection.articles[0], text="Denmark will send one frigate to the strait.")
    list(empty_engine.add([other, collection.articles[1]]))
    address = serve(empty_engine)
    path = tmp_path / "http.jsonl"
    with pytest.raises(ServiceArticlesError) as refused:
        over_http(session, settings, collection, path, address, add=False)
    assert "1 of 3 articles are missing (phare)" in refused.value.message
    assert "1 of 3 articles have another text (frigates)" in refused.value.message
    assert "--add" in refused.value.remedy
    with empty_engine.store.snapshot() as snapshot:
        assert snapshot.article("phare") is None
    assert not path.exists()

    over_http(session, settings, collection, path, address, add=True)
    with empty_engine.store.snapshot() as snapshot:
        assert snapshot.article("frigates") == collection.articles[0]


def test_articles_besides_those_of_the_set_are_told(
    session: Session,
    settings: Settings,
    collection: Collection,
    tmp_path: Path,
    engine: Engine,
    serve: Callable[[Engine], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    list(engine.add([Article(id="more", text="Snow fell on the strait.", language="en")]))
    run = over_http(
        session, settings, collection, tmp_path / "http.jsonl", serve(engine), add=False
    )
    assert len(run.records) == 5
    assert "holds 1 article besides those of the set" in capsys.readouterr().err


def test_an_index_that_changes_under_the_questions_is_told(
    session: Session,
    own_set: Path,
    settings: Settings,
    tmp_path: Path,
    serve: Callable[[Engine], str],
    empty_engine: Engine,
    capsys: pytest.CaptureFixture[str],
) -> None:
    order = Order(collection=str(own_set), settings=settings, engine=serve(empty_engine), add=True)

    def meanwhile(header: Header) -> Path:  # between the header and the first question
        list(empty_engine.add([Article(id="more", text="Snow fell on Tuesday.", language="en")]))
        return tmp_path / "run.jsonl"

    run = carry_out(session, order, meanwhile)
    assert run.whole
    assert "The index changed while the questions were asked" in capsys.readouterr().err


def test_a_service_that_is_not_there_is_told_with_what_starts_it(
    session: Session, settings: Settings, collection: Collection, tmp_path: Path
) -> None:
    with pytest.raises(ServiceError, match="pullquote serve"):
        over_http(
            session, settings, collection, tmp_path / "x.jsonl", "http://127.0.0.1:9", add=False
        )


@pytest.mark.parametrize("over", ["process", "http"])
def test_a_question_that_cannot_be_asked_is_named(
    session: Session,
    settings: Settings,
    collection: Collection,
    tmp_path: Path,
    engine: Engine,
    serve: Callable[[Engine], str],
    over: str,
) -> None:
    endless = replace(collection.questions[0], id="endless", text="why " * 1000)
    bad = replace(collection, questions=(collection.questions[0], endless))
    engine_name = serve(engine) if over == "http" else "local"
    order = Order(collection="small", settings=settings, engine=engine_name)
    opening = through_service if over == "http" else in_process
    with (
        opening(session, order, bad) as opened,
        pytest.raises(AskedError, match="'endless' of the set cannot be asked"),
    ):
        ask_all(session, opened, bad, tmp_path / "run.jsonl")


def test_a_service_with_keys_is_shown_the_one_of_the_environment_and_no_file_repeats_it(
    session: Session,
    settings: Settings,
    collection: Collection,
    tmp_path: Path,
    empty_engine: Engine,
    serve: Callable[[Engine], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = KeysFile(empty_engine.settings.data).add("eval", "write")
    address, path = serve(empty_engine), tmp_path / "keyed.jsonl"
    with pytest.raises(ServiceError, match="PULLQUOTE_KEY"):
        over_http(session, settings, collection, path, address, add=True)
    monkeypatch.setenv("PULLQUOTE_KEY", secret)

    run = over_http(session, settings, collection, path, address, add=True)

    assert len(run.records) == 5
    assert secret not in path.read_text("utf-8")
