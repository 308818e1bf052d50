"""A record holds the answer, and the passages that it was looked for in."""

from collections.abc import Callable
from dataclasses import replace

from eval.question import Collection, Question
from eval.run.asking import answering_languages, asked, spread
from index.article import Article
from qa.answer import Turn, Verdict
from qa.engine import Engine


def test_a_record_holds_the_answer_as_the_engine_gives_it(
    engine: Engine, asked_for: dict[str, Question], timeless: Callable
) -> None:
    record = asked(engine, asked_for["refuses"], {"frigates": "en", "phare": "fr"})
    again = asked(engine, asked_for["refuses"], {"frigates": "en", "phare": "fr"})
    assert timeless(record) == timeless(again)
    assert record.languages == ("en", "fr")
    assert record.wall_ms >= record.answer.timing_ms.total
    assert len(record.verdicts) == len(record.answer.citations)
    assert set(record.verdicts) <= {Verdict.EXACT}
    scores = [candidate.score for candidate in record.candidates]
    assert scores == sorted(scores, reverse=True)


def test_the_passages_of_a_follow_up_are_those_of_the_question_as_it_was_understood(
    engine: Engine, asked_for: dict[str, Question]
) -> None:
    follow_up = replace(
        asked_for["bread"],
        text="And since when?",
        history=(Turn(question="Does bread cost more in the south?"),),
    )
    record = asked(engine, follow_up, {})
    understood = record.answer.understood_as
    assert understood is not None
    found = engine.search(understood, limit=20, filters=follow_up.scope)
    assert record.candidates == found.passages
    assert (
        record.candidates
        != engine.search(follow_up.text, limit=20, filters=follow_up.scope).passages
    )


def test_the_scope_of_a_question_is_kept(engine: Engine, asked_for: dict[str, Question]) -> None:
    record = asked(engine, asked_for["bread"], {})
    assert {c.article_id for c in record.candidates} <= {"harvest", "phare"}


def test_languages_are_those_of_the_articles_that_answer(
    asked_for: dict[str, Question], stands: dict[str, Article]
) -> None:
    spoken = {article.id: article.language for article in stands.values()}
    assert answering_languages(asked_for["refuses"], spoken) == ("en", "fr")
    assert answering_languages(asked_for["japan"], spoken) == ()
    graded = replace(asked_for["japan"], relevant={"phare": 1, "harvest": 2, "frigates": 1})
    assert answering_languages(graded, spoken) == ("fr", "en")


def test_fewer_questions_are_spread_over_the_set(collection: Collection) -> None:
    def ids(limit: int | None) -> list[str]:
        return [question.id for question in spread(collection, limit).questions]

    assert ids(None) == ids(5) == ids(9) == ["sends", "refuses", "bread", "where", "japan"]
    assert ids(1) == ["sends"]
    assert ids(2) == ["sends", "bread"]
    assert len(set(ids(4))) == 4
