"""The reader's training from question sets to weights, on a set small enough to be read here."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from eval.datasets.squad import read_squad
from eval.question import Collection, Facet, Place, Question
from eval.training import recipe
from eval.training.batch import batch
from eval.training.corpus import Corpus, build, plain, tokens_of
from eval.training.export import export, mean, shipped_state
from eval.training.groups import Groups
from eval.training.held_out import held_out, overlap
from eval.training.learn import Course, learn
from eval.training.losses import losses
from eval.training.network import Network
from eval.training.states import States, read_all
from index.article import Article, Span
from index.e5 import Checkpoint, wheel_file
from index.e5_folder import NAME, model_folder
from index.e5_halves import Halves
from index.e5_tokenizer import load_tokenizer
from index.embed import open_embedder
from qa.joint import JointReader, Weights

CACHE = Path("~/.cache/pullquote").expanduser()
TOWNS = ("Sarnelle", "Brévannes", "Kersaliou", "Montreval", "Wickmere", "Valchiusa")


def collection() -> Collection:
    """Six paragraphs that are alike but for the town and the year, a question to each."""
    articles = tuple(
        Article(
            id=f"piaf.train:{number}",
            text=f"La mairie de {town} a été fermée en {1990 + number}. Personne n'a protesté. "
            f"Le marché de {town} a lieu le jeudi.",
            title=f"Nouvelles de {town}" if number % 2 else None,
            language="fr",
        )
        for number, town in enumerate(TOWNS)
    )
    questions = tuple(
        Question(
            id=str(number),
            text=f"Quand la mairie de {town} a-t-elle fermé ?",
            language="fr",
            facets=(facet(articles[number], str(1990 + number)),),
            written_for=articles[number].id,
        )
        for number, town in enumerate(TOWNS)
    )
    return Collection(name="piaf.train", articles=articles, questions=questions)


def facet(article: Article, answer: str) -> Facet:
    start = article.text.index(answer)
    place = Place(article_id=article.id, start=start, end=start + len(answer))
    return Facet(name=answer, places=(place,), shorts=(answer,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build([collection()], open_embedder(NAME, cache=CACHE))


@pytest.fixture(scope="module")
def states(corpus: Corpus, folder: Path) -> States:
    checkpoint = Checkpoint.read(wheel_file())
    halves = Halves.open(checkpoint.weights, "untrained", cache=CACHE)
    read_all(corpus, halves, checkpoint.config.hidden, folder)
    return States(folder)


def test_the_answer_is_found_in_the_tokens_of_every_text_that_holds_it(corpus: Corpus) -> None:
    assert len(corpus.asked) == len(TOWNS)
    for question, asked in enumerate(corpus.asked):
        assert asked.gold
        assert all(corpus.texts[row].paragraph == question for row in asked.gold)


def test_a_follow_up_is_learnt_from_as_it_is_asked_in_full() -> None:
    plain_questions = collection()
    first, *others = plain_questions.questions
    follow_up = replace(first, text="Et celle-ci ?", standalone=first.text)
    asked = replace(plain_questions, questions=(follow_up, *others))
    embedder = open_embedder(NAME, cache=CACHE)
    in_full, as_put = build([plain_questions], embedder), build([asked], embedder)
    assert as_put.words(as_put.row(0)) == first.text
    assert as_put.ids[as_put.tokens(as_put.row(0))].tolist() == (
        in_full.ids[in_full.tokens(in_full.row(0))].tolist()
    )


def test_the_vectors_are_near_those_of_the_embedder(corpus: Corpus, states: States) -> None:
    embedder = open_embedder(NAME, cache=CACHE)
    embedded = embedder.embed_passages([text.words for text in corpus.texts])
    assert (embedded * states.vectors[: len(embedded)]).sum(axis=1).min() > 0.97


def test_a_wrong_text_is_near_and_does_not_hold_the_answer(corpus: Corpus, states: States) -> None:
    groups = Groups(corpus, states, seed=1)
    for question, asked in enumerate(corpus.asked):
        wrong = groups.wrong(question, question)
        assert len(wrong)
        assert not any(asked.answers[0] in corpus.texts[row].words for row in wrong)


def test_the_questions_of_every_fifth_paragraph_are_never_learnt(
    corpus: Corpus, states: States
) -> None:
    steps = Groups(corpus, states, seed=1).steps(2)
    drawn = {corpus.asked[pair.question].paragraph for _ in range(40) for pair in next(steps)}
    assert drawn == {1, 2, 3, 4}
    steps = Groups(corpus, states, seed=1, held_out=True).steps(2)
    assert {corpus.asked[p.question].paragraph for _ in range(9) for p in next(steps)} == {0, 5}


def test_what_is_held_out_is_measured_by_its_losses_and_spans(
    corpus: Corpus, states: States
) -> None:
    torch.manual_seed(1)
    found = held_out(Network(Checkpoint.read(wheel_file())), corpus, states, steps=2)
    assert found.keys() == {*recipe.WEIGHTS, "right text first", "token F1"}
    assert all(0 <= found[name] <= 1 for name in ("right text first", "token F1"))
    assert overlap((2, 5), (4, 5)) == pytest.approx(2 / 3)
    assert overlap((0, 1), (2, 5)) == 0.0


def test_a_text_bereft_of_its_answer_is_a_wrong_one(corpus: Corpus, states: States) -> None:
    steps = Groups(corpus, states, seed=1).steps(2)
    pairs = [pair for _ in range(20) for pair in next(steps) if pair.without]
    assert pairs
    for pair in pairs:
        asked, text = corpus.asked[pair.question], corpus.texts[pair.text]
        assert pair.without == {0}  # the year stands in the first sentence
        assert text.paragraph == asked.paragraph
        assert pair.gold == ()
    given = batch(pairs[:1], corpus, states)
    first, *others = corpus.texts[pairs[0].text].sentences
    assert first is not None
    assert given.given["text"].shape[1] == corpus.length(pairs[0].text) - (first[1] + 1 - first[0])
    assert given.sentences.tolist() == [[False, *(True for _ in others)]]
    assert not given.answers.any()
    sizes = [tokens[1] + 1 - tokens[0] for tokens in others if tokens is not None]
    shares = given.given["pooling"][0, 1:]
    assert shares.sum(1).tolist() == pytest.approx([1.0] * len(others))
    assert [int(row.count_nonzero()) for row in shares] == sizes


def test_the_same_seed_draws_the_same_pairs(corpus: Corpus, states: States) -> None:
    first, second = (Groups(corpus, states, seed=3).steps(2) for _ in range(2))
    assert [next(first) for _ in range(20)] == [next(second) for _ in range(20)]


def test_steps_make_the_loss_smaller(corpus: Corpus, states: States) -> None:
    torch.manual_seed(1)
    network = Network(Checkpoint.read(wheel_file())).eval()
    pairs = batch(next(Groups(corpus, states, seed=1).steps(2)), corpus, states)
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-4)
    seen = []
    for _ in range(15):
        each = losses(network(**pairs.given), pairs, 1 + recipe.WRONG)
        total = sum((recipe.WEIGHTS[name] * loss for name, loss in each.items()), torch.zeros(()))
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        seen.append(total.item())
    assert seen[-1] < 0.8 * seen[0]


def test_a_training_goes_on_where_it_was_stopped(
    corpus: Corpus, states: States, tmp_path: Path
) -> None:
    learn(corpus, states, tmp_path, minutes=0.01, seed=1)
    before = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    learn(corpus, states, tmp_path, minutes=before["seconds"] / 60 + 0.001, seed=1)
    after = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert 0 < before["steps"] < after["steps"]
    assert before["seconds"] < after["seconds"]


def test_a_training_may_begin_with_what_is_shipped(
    corpus: Corpus, states: States, tmp_path: Path
) -> None:
    torch.manual_seed(4)
    trained = Network(Checkpoint.read(wheel_file()))
    path = export(trained.state_dict(), tmp_path)
    begun = shipped_state(path)
    assert set(begun) == set(trained.state_dict())
    for name, value in trained.state_dict().items():
        assert (begun[name] - value).norm() <= 0.05 * value.norm(), name  # 7 bits and a scale a row
    learn(corpus, states, tmp_path, minutes=0.0001, seed=1, begin_with=path)
    after = torch.load(tmp_path / "checkpoint.pt", weights_only=True)["network"]
    assert torch.allclose(after["sent1.weight"], begun["sent1.weight"], atol=1e-3)


def test_the_mean_of_two_states_is_half_way_between_them() -> None:
    one = {"span.bias": torch.tensor([1.0, -2.0]), "null.bias": torch.tensor([0.5])}
    other = {"null.bias": torch.tensor([0.5]), "span.bias": torch.tensor([3.0, 2.0])}
    found = mean(one, other)
    assert found.keys() == one.keys()
    assert found["span.bias"].tolist() == [2.0, 0.0]
    assert found["null.bias"].tolist() == [0.5]


def test_the_rate_rises_and_then_falls() -> None:
    shares = [
        Course(steps, 60.0 * steps / 1000).share_of_rate(10)
        for steps in (0, 100, 500, 5_000, 9_999)
    ]
    assert shares[0] < shares[1] < max(shares) <= 1
    assert shares[2] > shares[3] > shares[4] > 0


def test_what_is_shipped_says_what_was_trained(
    corpus: Corpus, states: States, tmp_path: Path
) -> None:
    """The reader without PyTorch, in 8 bits, against the network in float32."""
    torch.manual_seed(2)
    network = Network(Checkpoint.read(wheel_file())).eval()
    path = export(network.state_dict(), tmp_path / "new" / "folder")
    with np.load(path) as arrays:
        weights = Weights(dict(arrays))
    halves = Halves.open(
        weights,
        path.read_bytes()[-64:].hex(),
        cache=tmp_path / "cache",
        tokenizer=load_tokenizer(model_folder(CACHE)),
    )
    reader = JointReader(weights, halves)
    pairs = next(Groups(corpus, states, seed=1).steps(2))
    with torch.inference_mode():
        _, _, sentences, texts = network(**batch(pairs, corpus, states).given)
    for number, pair in enumerate(pairs):
        text = corpus.texts[pair.text].words
        spans = [Span(*cut) for cut in cuts(text)]
        asked = reader.question(corpus.asked[pair.question].words)
        row = corpus.title_row(pair.text) if pair.headed else None
        title = None if row is None else reader.text(corpus.words(row))
        said = reader.read(asked, reader.text(text), spans, title)
        expected = sentences[number, : len(said)].numpy()
        assert [one.answers for one in said] == pytest.approx(expected, abs=0.08)
        assert said[0].relevant == pytest.approx(texts[number].item(), abs=0.08)


def cuts(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text of ``collection``: no full stop inside of one."""
    ends = [number + 1 for number, character in enumerate(text) if character == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return list(zip(starts, ends, strict=True))


def test_accents_are_dropped_and_every_character_keeps_its_place() -> None:
    assert plain("L'élève où ça ? Ελλάδα œuvre") == "L'eleve ou ca ? Ελλαδα œuvre"


def test_tokens_are_those_that_share_a_character() -> None:
    offsets = np.array([[0, 3], [3, 6], [6, 9]])
    assert tokens_of(offsets, 3, 6) == (1, 1)
    assert tokens_of(offsets, 2, 7) == (0, 2)
    assert tokens_of(offsets, 9, 12) is None


def test_a_question_without_an_answer_still_has_its_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "set.json"
    file.write_text(
        '{"data": [{"title": "t", "paragraphs": [{"context": "Le pont est fermé.", "qas": '
        '[{"id": "1", "question": "Pourquoi ?", "answers": [], "is_impossible": true}]}]}]}',
        "utf-8",
    )
    (question,) = read_squad(file, language="fr").questions
    assert question.written_for == "set:0"
    assert not question.answerable
