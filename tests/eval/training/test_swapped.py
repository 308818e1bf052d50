"""Questions that ask of another name than that of their paragraph."""

from eval.question import Collection, Facet, Place, Question
from eval.training.swapped import replaceable, swapped_in, with_swapped
from index.article import Article

TOWNS = {"Sarnelle": 1990, "Wickmere": 1991, "Valchiusa": 1992}


def collection() -> Collection:
    articles = tuple(
        Article(id=town, text=f"La mairie de {town} a été fermée en {year}.", language="fr")
        for town, year in TOWNS.items()
    )
    questions = tuple(
        Question(
            id=town,
            text=f"Qui dirigeait la mairie de {town} avant {year} ?",
            language="fr",
            facets=(Facet(name="x", places=(Place(article_id=town, start=0, end=5),)),),
            written_for=town,
        )
        for town, year in TOWNS.items()
    )
    return Collection(name="towns.train", articles=articles, questions=questions)


def test_another_name_or_number_is_asked_of_and_nothing_answers() -> None:
    given = collection()
    found = with_swapped(given, share=1.0, seed=1)
    assert found.questions[:3] == given.questions
    added = found.questions[3:]
    assert len(added) == 3
    for question, before in zip(added, given.questions, strict=True):
        other = swapped_in(question)
        assert other is not None
        assert other in question.text
        assert other not in before.text
        assert question.written_for == before.written_for
        assert not question.answerable
    assert with_swapped(given, share=1.0, seed=1) == found
    assert with_swapped(given, share=0.0, seed=1) == given


def test_what_stands_in_the_article_is_not_put_in() -> None:
    (first, *others) = collection().articles
    both = Article(
        id=first.id, text=f"{first.text} Wickmere, Valchiusa, 1991, 1992.", language="fr"
    )
    given = collection()
    given = Collection(name="x", articles=(both, *others), questions=given.questions[:1])
    assert with_swapped(given, share=1.0, seed=1).questions == given.questions


def test_names_and_numbers_may_be_replaced() -> None:
    question = collection().questions[0]
    assert swapped_in(question) is None
    assert [word for _, _, word in replaceable(question)] == ["Sarnelle", "1990"]
    nameless = Question(id="1", text="quoi ?", language="fr", written_for="Sarnelle")
    assert list(replaceable(nameless)) == []
