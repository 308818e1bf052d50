"""How follow-ups are measured: the ways to ask them, and the conversations made for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.conversations import WAYS, after_another
from eval.follow_ups import Asker, report
from eval.question import Collection, Facet, Place, Question
from index.article import Article
from index.protocols import Embedder
from index.store import LocalStore
from qa.answer import Turn
from qa.engine import Engine
from qa.settings import Settings

NORTH = Article(
    id="north", text="Denmark will send two frigates. Sweden sends none.", language="en"
)
SOUTH = Article(id="south", text="The wheat harvest was poor. Bread costs more.", language="en")


def asked(name: str, text: str, article: Article, sentence: str, **more: object) -> Question:
    start = article.text.index(sentence)
    place = Place(article_id=article.id, start=start, end=start + len(sentence))
    facets = (Facet(name="it", places=(place,)),)
    return Question(id=name, text=text, language="en", facets=facets, **more)  # type: ignore[arg-type]


FRIGATES = "Denmark will send two frigates."
FOLLOW_UP = asked(
    "q3",
    "and Sweden?",
    NORTH,
    "Sweden sends none.",
    history=(Turn(question="Does Denmark send frigates?", answer=f"« {FRIGATES} » [1]"),),
    standalone="Does Sweden send any frigates?",
)


@pytest.fixture
def collection() -> Collection:
    questions = (
        asked("q1", "Which country will send frigates?", NORTH, FRIGATES),
        asked("q2", "How was the wheat harvest this year?", SOUTH, "The wheat harvest was poor."),
        FOLLOW_UP,
        asked("q4", "Does any country send no frigates?", NORTH, "Sweden sends none."),
        Question(id="q5", text="Who is the king of Denmark now?", language="en"),
    )
    return Collection(name="harbours", articles=(NORTH, SOUTH), questions=questions)


@pytest.fixture
def engine(tmp_path: Path, hashing_embedder: Embedder, collection: Collection) -> Iterator[Engine]:
    store = LocalStore.open(
        tmp_path / "index",
        fingerprint=hashing_embedder.fingerprint,
        dimension=hashing_embedder.dimension,
        model="hashing",
    )
    settings = Settings(data=tmp_path / "index", model="hashing", reader="off", weak_at=0.0)
    with Engine(settings, store, hashing_embedder) as opened:
        list(opened.add(collection.articles))
        yield opened


def test_each_way_takes_a_follow_up_differently() -> None:
    assert {name: way(FOLLOW_UP, FOLLOW_UP.history) for name, way in WAYS.items()} == {
        "bare": "and Sweden?",
        "last question before": "Does Denmark send frigates? and Sweden?",
        "its words behind": "and Sweden? Denmark send frigates",
        "its topic behind": "and Sweden? — Denmark send frigates",
        "understood": "Does Sweden send frigates?",
        "and the answer's names": "Does Sweden send frigates?",
        "full": "Does Sweden send any frigates?",
    }


def test_the_names_of_the_answer_are_added_to_follow_ups_alone() -> None:
    history = (Turn(question="Who met?", answer="« The talks of Keir Starmer and Rubio. » [1]"),)
    follow_up = Question(id="q6", text="When was it?", language="en")
    text = WAYS["and the answer's names"](follow_up, history)
    assert text == "When was it? — met (Keir Starmer, Rubio)"
    alone = Question(id="q7", text="Who won the 2026 World Cup?", language="en")
    assert WAYS["and the answer's names"](alone, history) == alone.text


def test_questions_that_are_no_follow_ups_get_another_as_their_history(
    collection: Collection,
) -> None:
    drawn = after_another(collection, near=False, seed=1)
    assert [question.id for question in drawn] == ["q1", "q2", "q4", "q5"]
    for question in drawn:
        assert question.history[0].question != question.text
    assert drawn == after_another(collection, near=False, seed=1)


def test_a_near_history_is_about_the_same_article(collection: Collection) -> None:
    drawn = after_another(collection, near=True, seed=1)
    assert {question.id: question.history[0].question for question in drawn} == {
        "q1": "Does any country send no frigates?",
        "q4": "Which country will send frigates?",
    }
    assert drawn[1].history[0].answer == f"« {FRIGATES} » [1]"


def test_what_is_measured_of_each_question(engine: Engine, collection: Collection) -> None:
    (one, silent) = Asker(engine).ask([collection.questions[0], collection.questions[4]], "bare")
    assert (one.values["hit@1"], one.values["recall@5"]) == (1.0, 1.0)
    assert (one.values["answered in vain"], silent.values["answered"]) == (None, None)
    assert silent.values["hit@1"] is None


def test_the_report_says_what_was_asked_and_what_the_history_changed(
    engine: Engine, collection: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    report(collection, Asker(engine))
    said = capsys.readouterr().out
    assert "harbours: 1 questions with an answer and 0 without that are follow-ups" in said
    assert "3 questions with an answer and 1 without that are none, asked after any other" in said
    assert "2 questions with an answer and 0 without that are none, asked after one about" in said
    understood = [line for line in said.splitlines() if line.startswith("understood")]
    assert len(understood) == 3
    assert understood[1].split()[-4:] == ["0", "+0.000", "(p", "1.000)"]
