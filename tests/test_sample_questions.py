"""The questions over the sample corpus are what their README says they are."""

from collections import Counter
from pathlib import Path

import pytest

from eval.datasets.check.leaks import leaks
from eval.datasets.own import Asked, examine
from eval.datasets.shelf import Shelf, read_shelf
from eval.question import Question
from index.clean import own_words

SAMPLES = Path(__file__).parents[1] / "samples"
PARTS = {"train": 0.4, "dev": 0.35, "test": 0.25}
KINDS = [
    "fact",
    "list",
    "yes_no",
    "number",
    "date",
    "place",
    "who_said",
    "reason",
    "follow_up",
    "false_friend",
]
LANGUAGES = ["fr", "en", "de", "es", "it", "pl", "uk", "ar"]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return read_shelf(SAMPLES / "articles")


@pytest.fixture(scope="module")
def asked(shelf: Shelf) -> list[Asked]:
    return [each for each in examine(SAMPLES / "questions", shelf) if isinstance(each, Asked)]


@pytest.fixture(scope="module")
def questions(asked: list[Asked]) -> list[Question]:
    return [each.question for each in asked]


def test_every_line_passes_and_every_marked_sentence_stands_in_the_corpus(shelf: Shelf) -> None:
    wrong = [each for each in examine(SAMPLES / "questions", shelf) if not isinstance(each, Asked)]
    assert wrong == []


def test_no_two_parts_ask_the_same(asked: list[Asked]) -> None:
    assert list(leaks(asked)) == []


def test_there_are_three_parts_of_the_sizes_that_are_promised(asked: list[Asked]) -> None:
    sizes = Counter(each.line.file.stem for each in asked)
    assert len(asked) >= 240
    assert set(sizes) == set(PARTS)
    for part, share in PARTS.items():
        assert sizes[part] / len(asked) == pytest.approx(share, abs=0.03), part


def test_every_part_has_every_kind_and_language_and_its_share_without_an_answer(
    asked: list[Asked], questions: list[Question]
) -> None:
    silent = sum(not question.answerable for question in questions) / len(questions)
    for part in PARTS:
        here = [each.question for each in asked if each.line.file.stem == part]
        assert {question.kind for question in here} == set(KINDS), part
        assert {question.language for question in here} == set(LANGUAGES), part
        share = sum(not question.answerable for question in here) / len(here)
        assert share == pytest.approx(silent, abs=0.03), part


def test_most_are_french_and_english_and_no_language_has_a_handful(
    questions: list[Question],
) -> None:
    counts = Counter(question.language for question in questions)
    assert (counts["fr"] + counts["en"]) / len(questions) == pytest.approx(0.7, abs=0.03)
    assert min(counts.values()) >= 8


def test_a_quarter_has_no_answer_and_most_of_those_come_close(questions: list[Question]) -> None:
    silent = [question for question in questions if not question.answerable]
    assert len(silent) >= 70
    assert sum(question.close for question in silent) >= len(silent) / 2


def test_there_are_enough_lists_and_follow_ups(questions: list[Question]) -> None:
    assert sum(q.kind == "list" and len(q.facets) >= 2 for q in questions) >= 30
    follow_ups = [question for question in questions if question.history]
    assert len(follow_ups) >= 25
    assert {question.kind for question in follow_ups} == {"follow_up"}
    assert {len(question.history) for question in follow_ups} == {1, 2}


def test_who_refuses_and_who_is_ready_is_asked_in_several_languages(asked: list[Asked]) -> None:
    for group in ("refuse-troops", "ready-to-send"):
        languages = {e.question.language for e in asked if e.written.group == group}
        assert len(languages) >= 5, group


def test_questions_are_often_asked_of_articles_in_another_language(
    shelf: Shelf, questions: list[Question]
) -> None:
    spoken = {article.id: article.language for article in shelf.articles}
    answered = [question for question in questions if question.answerable]
    crossing = [
        q for q in answered if q.language not in {spoken[place.article_id] for place in q.places}
    ]
    assert len(crossing) >= len(answered) / 3


def test_every_sentence_is_the_articles_own_and_says_its_short_answer(
    asked: list[Asked], shelf: Shelf
) -> None:
    own = {article.id: own_words(article.text) for article in shelf.articles}
    for each in asked:
        for place in each.question.places:
            assert any(
                span.start <= place.start and place.end <= span.end
                for span in own[place.article_id]
            ), each.line
        assert all(s.short for facet in each.written.facets for s in facet.sentences), each.line


def test_the_readme_gives_the_counts(questions: list[Question], asked: list[Asked]) -> None:
    readme = (SAMPLES / "questions" / "README.md").read_text("utf-8")
    parts = Counter(each.line.file.stem for each in asked)
    for part in PARTS:
        here = [each.question for each in asked if each.line.file.stem == part]
        silent = [question for question in here if not question.answerable]
        close = sum(question.close for question in silent)
        row = f"| {part} | {parts[part]} | {parts[part] - len(silent)} | {len(silent)} | {close} |"
        assert row in readme
    assert f"{len(questions)} questions" in readme
