"""Questions of one's own over a folder of articles: what is read, and every mistake by its name."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.errors import CollectionError
from eval.datasets.named import open_collection
from eval.datasets.own import Problem, examine, read_own
from eval.datasets.shelf import read_shelf
from eval.question import Collection

HARBOUR = """Le port de Brévane ouvre en mai

Le port de Brévane ouvrira le 3 mai. Le maire s’en félicite.

Le port de Brévane ouvrira le 3 mai. Le maire s’en félicite.

Il n'y croyait plus. Personne n'y croyait plus.
"""
ROWS = (
    {"id": "dyke", "text": "Der Deich hielt. Siebzig Soldaten halfen."},
    {"text": "The lighthouse was lit again on Saturday."},
)
OPENING = {
    "article": "news/port.txt",
    "text": "Le port de Brévane ouvrira le 3 mai.",
    "short": "le 3 mai",
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    news = tmp_path / "archive" / "articles" / "news"
    news.mkdir(parents=True)
    (news / "port.txt").write_text(HARBOUR, "utf-8")
    rows = "\n".join(json.dumps(row) for row in ROWS)
    (news.parent / "dump.jsonl").write_text(rows, "utf-8")
    return tmp_path / "archive"


def question(**given: Any) -> dict[str, Any]:
    facets = [{"name": "3 May", "sentences": [OPENING]}]
    asked = {"id": "q1", "question": "Quand ouvre le port ?", "language": "fr", "kind": "date"}
    return {**asked, "facets": facets, **given}


def marked(**sentence: str) -> list[dict[str, Any]]:
    """Return the facets of a question that one sentence answers."""
    return [{"name": "it", "sentences": [{**OPENING, **sentence}]}]


def read(archive: Path, *lines: dict[str, Any] | str) -> Collection:
    file = archive / "questions.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(written), "utf-8")
    return read_own(archive / "articles", file)


def test_a_question_is_read_with_the_places_that_answer_it(archive: Path) -> None:
    facets = [{"name": "3 May", "sentences": [OPENING], "also": ["3 mai", "le 3 mai"]}]
    collection = read(archive, question(facets=facets), question(id="q2", facets=[], close=True))
    first, second = collection.questions
    texts = {article.id: article.text for article in collection.articles}
    (place,) = first.places
    assert texts[place.article_id][place.start : place.end] == OPENING["text"]
    assert first.facets[0].shorts == ("le 3 mai", "3 mai")
    assert (first.language, first.kind, first.answerable, first.close) == (
        "fr",
        "date",
        True,
        False,
    )
    assert (second.answerable, second.close) == (False, True)


def test_a_follow_up_has_its_turns_and_is_asked_in_full(archive: Path) -> None:
    turn = {"question": "Où est le port ?", "answer": "À Brévane."}
    asked = question(kind="follow_up", history=[turn], standalone="Quand ouvre ce port ?")
    (follow_up,) = read(archive, asked).questions
    assert [(t.question, t.answer) for t in follow_up.history] == [tuple(turn.values())]
    assert follow_up.standalone == "Quand ouvre ce port ?"


def test_a_language_that_is_not_said_is_detected(archive: Path) -> None:
    asked = question(question="Wann wurde der Leuchtturm wieder angezündet?")
    del asked["language"]
    assert read(archive, asked).questions[0].language == "de"


def test_a_paragraph_that_is_printed_twice_is_quoted_from_the_first(archive: Path) -> None:
    (place,) = read(archive, question()).questions[0].places
    assert place.start == HARBOUR.index(OPENING["text"])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("dump.jsonl#dyke", "Siebzig Soldaten halfen."),
        ("dump.jsonl#1", "Siebzig Soldaten halfen."),
        ("dump.jsonl#2", "The lighthouse was lit again on Saturday."),
    ],
)
def test_a_row_is_named_by_its_id_or_by_its_number(archive: Path, key: str, text: str) -> None:
    collection = read(archive, question(facets=marked(article=key, text=text, short="")))
    (place,) = collection.questions[0].places
    (article,) = (a for a in collection.articles if a.id == place.article_id)
    assert article.text[place.start : place.end] == text


def test_a_place_does_not_depend_on_where_the_folder_lies(archive: Path, tmp_path: Path) -> None:
    here = read(archive, question())
    moved = archive.rename(tmp_path / "elsewhere")
    there = read(moved, question())
    assert here.questions[0].places[0].start == there.questions[0].places[0].start
    assert here.questions[0].places[0].article_id != there.questions[0].places[0].article_id


def test_a_set_of_one_s_own_is_opened_by_the_path_of_its_folder(archive: Path) -> None:
    read(archive, question())
    assert len(open_collection(str(archive)).questions) == 1
    (archive / "questions").mkdir()
    (archive / "questions.jsonl").rename(archive / "questions" / "dev.jsonl")
    assert len(open_collection(f"{archive}.dev").questions) == 1


def test_files_that_cannot_be_read_are_counted(archive: Path) -> None:
    (archive / "articles" / "minutes.docx").write_bytes(b"PK")
    (archive / "articles" / "broken.jsonl").write_text("{}\n{}\n")
    assert sum(read(archive, question()).left_out.values()) == 3
    assert set(read_shelf(archive / "articles").unread) == {
        "minutes.docx",
        "broken.jsonl:1",
        "broken.jsonl:2",
    }


TURN = {"question": "Où ?", "answer": "Là."}
MISTAKES = {
    "an unknown article": (
        question(facets=marked(article="news/prot.txt")),
        r"no article 'news/prot\.txt'\. Name one that is there: news/port\.txt",
    ),
    "an unknown row": (
        question(facets=marked(article="dump.jsonl#dike")),
        r"no article 'dump\.jsonl#dike'\. Name one that is there: dump\.jsonl#dyke",
    ),
    "a file of several articles": (
        question(facets=marked(article="dump.jsonl")),
        r"no article 'dump\.jsonl'\. Name one that is there: dump\.jsonl#dyke",
    ),
    "an article that could not be read": (
        question(facets=marked(article="news/scan.png")),
        r"'news/scan\.png' could not be read: .* Mend the file",
    ),
    "a sentence of nobody": (
        question(facets=marked(text="Le port de Brévane ouvrira demain.")),
        r"news/port\.txt: 'Le port de Brévane ouvrira demain\.' does not stand in the article",
    ),
    "another apostrophe": (
        question(facets=marked(text="Le maire s'en félicite.", short="")),
        r"The article writes it so: 'Le maire s’en félicite\.'",
    ),
    "an ambiguous sentence": (
        question(facets=marked(text="'y croyait plus.", short="")),
        "stands 2 times in the article. Copy more words",
    ),
    "an empty sentence": (question(facets=marked(text=" ", short="")), "A sentence is empty"),
    "a short answer that is not in the sentence": (
        question(facets=marked(short="le 4 mai")),
        "The short answer 'le 4 mai' is not in 'Le port",
    ),
    "a sentence marked twice": (
        question(facets=[{"name": "it", "sentences": [OPENING, OPENING]}]),
        "is marked twice for 'it'",
    ),
    "a facet without a sentence": (
        question(facets=[{"name": "it", "sentences": []}]),
        "The facet 'it' has no sentence",
    ),
    "two facets of one name": (question(facets=marked() * 2), "Two facets are called 'it'"),
    "a history without the question in full": (
        question(history=[TURN]),
        "has a history, but not the question in full",
    ),
    "a full form without a history": (
        question(standalone="Quand ouvre le port ?"),
        "has a standalone form, but no history",
    ),
    "close, but answered": (question(close=True), "It is close, and has facets"),
    "an empty question": (question(question=" "), "The question is empty"),
    "an empty id": (question(id=""), "The id is empty"),
    "a misspelt field": (question(clsoe=True), "unknown field `clsoe`"),
    "a missing field": ({"id": "q1", "question": "Quand ?"}, "missing required field `facets`"),
    "no JSON": ("Quand ouvre le port ?", "is of another layout"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_file_and_line(archive: Path, mistake: str) -> None:
    (archive / "articles" / "news" / "scan.png").write_bytes(b"\x89PNG")
    line, message = MISTAKES[mistake]
    with pytest.raises(CollectionError, match=message) as raised:
        read(archive, question(id="q0"), line)
    assert f"{archive / 'questions.jsonl'}:2: " in str(raised.value)


def test_an_id_that_is_given_twice_names_the_first_line(archive: Path) -> None:
    with pytest.raises(CollectionError, match=r"jsonl:2: The id 'q1' is that of .*jsonl:1 already"):
        read(archive, question(), question())


def test_one_mistake_is_told_and_the_others_are_counted(archive: Path) -> None:
    mistakes = [question(id=str(n), question="") for n in range(3)]
    with pytest.raises(CollectionError, match=r"\(2 more like it\) .*eval\.datasets\.check"):
        read(archive, *mistakes)


def test_all_mistakes_of_a_line_are_found(archive: Path) -> None:
    sentences = [{**OPENING, "text": "Rien."}, {**OPENING, "short": "Rien"}]
    line = question(facets=[{"name": "it", "sentences": sentences}], close=True)
    file = archive / "questions.jsonl"
    file.write_text(json.dumps(line), "utf-8")
    found = list(examine(file, read_shelf(archive / "articles")))
    assert len([each for each in found if isinstance(each, Problem)]) == 3


def test_two_articles_of_one_id_are_refused_by_their_files(archive: Path) -> None:
    (archive / "articles" / "again.jsonl").write_text(json.dumps(ROWS[0]), "utf-8")
    with pytest.raises(CollectionError, match=r"have the id 'dyke': see again\.jsonl, dump\.jsonl"):
        read(archive, question())


def test_a_folder_without_articles_is_refused_with_the_reason(archive: Path) -> None:
    for path in (archive / "articles").rglob("*.*"):
        path.unlink()
    with pytest.raises(CollectionError, match="There are no articles in"):
        read(archive, question())


def test_a_folder_without_files_of_questions_is_refused(archive: Path) -> None:
    with pytest.raises(CollectionError, match="no files of questions"):
        read_own(archive / "articles", archive)
