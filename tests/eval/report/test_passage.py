"""A passage is shown in pieces that are its own characters, each marked as what it is."""

from hypothesis import given
from hypothesis import strategies as st

from eval.question import Place
from eval.report.passage import Piece, in_context, pieces
from qa.answer import FoundPassage

TEXT = "Denmark sends two frigates. Sweden refused. The minister spoke on Tuesday."


def passage(text: str = TEXT, start: int = 100) -> FoundPassage:
    return FoundPassage(
        article_id="a", start=start, end=start + len(text), text=text, dense=0, lexical=0, score=0
    )


def place(words: str, article_id: str = "a") -> Place:
    start = 100 + TEXT.index(words)
    return Place(article_id=article_id, start=start, end=start + len(words))


def test_what_answers_and_what_was_quoted_are_marked() -> None:
    found = pieces(passage(), [place("Sweden")], [place("Sweden refused.")])
    assert found == (
        Piece(text="Denmark sends two frigates. "),
        Piece(text="Sweden", gold=True, quoted=True),
        Piece(text=" refused.", quoted=True),
        Piece(text=" The minister spoke on Tuesday."),
    )


def test_places_of_other_articles_mark_nothing() -> None:
    assert pieces(passage(), [place("Sweden", "b")], []) == (Piece(text=TEXT),)


def test_a_place_that_reaches_out_of_the_passage_is_marked_as_far_as_it_goes() -> None:
    out = Place(article_id="a", start=90, end=107)
    assert pieces(passage(), [out], [])[0] == Piece(text="Denmark", gold=True)


def test_a_long_passage_is_shortened_around_what_is_marked_and_at_words() -> None:
    text = "word " * 200 + "ANSWER" + " word" * 200
    start = 100 + text.index("ANSWER")
    found = pieces(passage(text), [Place(article_id="a", start=start, end=start + 6)], [])
    shown = "".join(piece.text for piece in found)
    assert shown.startswith("… word") and shown.endswith("word …")
    assert len(shown) < 400
    assert [piece.text for piece in found if piece.gold] == ["ANSWER"]


def test_an_answer_stands_among_the_words_around_it(says, asked_for) -> None:
    record = says(asked_for["bread"])
    (gold,) = record.question.places
    found = in_context(gold, [record])
    assert [piece.text for piece in found if piece.gold] == ["September"]
    assert "Bread costs more since " in "".join(piece.text for piece in found)
    assert in_context(gold, [says(asked_for["bread"], found=[])]) == ()


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=4)


@given(st.text(min_size=1, max_size=80), spans, spans)
def test_the_pieces_of_a_short_passage_are_the_passage(text: str, golds, quotes) -> None:
    def places(spans) -> list[Place]:
        return [Place(article_id="a", start=100 + s, end=100 + s + n) for s, n in spans]

    found = pieces(passage(text), places(golds), places(quotes))
    assert "".join(piece.text for piece in found) == text
    flags = [(piece.gold, piece.quoted) for piece in found for _ in piece.text]
    for index, flag in enumerate(flags):
        at = 100 + index
        assert flag == tuple(
            any(each.start <= at < each.end for each in marked)
            for marked in (places(golds), places(quotes))
        )
