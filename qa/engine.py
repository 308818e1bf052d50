"""The engine: the one place where the parts are put together, and the doors' only way in."""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import RLock
from typing import Self

from msgspec import structs

from index.article import Article
from index.embed import identity, open_embedder, thread_count
from index.errors import QuestionError
from index.ingest import OnProgress, Progress, ignore, ingest
from index.language import COMMON_LANGUAGES, detect_language
from index.mend import restore_lost
from index.protocols import NO_FILTERS, Embedder, Filters, Snapshot, Store, Stored
from index.rebuild import Rebuild
from index.store import LocalStore
from qa.answer import (
    LONGEST_QUESTION,
    Answer,
    Claim,
    Coverage,
    Found,
    FoundPassage,
    Status,
    Timing,
    Turn,
    Verified,
)
from qa.compose import compose, nearest
from qa.conversation import understood
from qa.evidence import Evidence, at_first_sight
from qa.joint import JointReader
from qa.judge import Calibrations, Judge
from qa.products import take_one_thread_each
from qa.read import Reader
from qa.recent import Recent
from qa.reread import Rereading, shipped_weighing
from qa.retrieve import Candidate, Question, retrieve
from qa.settings import OFF, Settings
from qa.stages import FIRST_RANKED, Retrieved, Stage, last, quoted
from qa.verify import verify


class Engine:
    """Articles in, questions in, answers out. Safe to use from several threads.

    The embedder is opened when it is first needed: lists and deletions never load a model.
    """

    def __init__(self, settings: Settings, store: LocalStore, embedder: Embedder | None = None):
        self.settings = settings
        self.store = store
        self._embedder = embedder
        self._opening = RLock()
        self._recent = Recent()
        self._pool = ThreadPoolExecutor(thread_count(settings.threads), thread_name_prefix="reader")

    @property
    def embedder(self) -> Embedder:
        """The model, opened once."""
        with self._opening:
            if self._embedder is None:
                self._embedder = open_embedder(
                    self.settings.model,
                    cache=self.settings.cache,
                    backend=self.settings.backend,
                    threads=self.settings.threads,
                )
            return self._embedder

    @cached_property
    def reader(self) -> Reader:
        """The scorer of sentences that fits the model."""
        return Reader.shipped()

    @property
    def rereading(self) -> Rereading | None:
        """The trained reader and what weighs its words; None where it is switched off."""
        with self._opening:  # once: from Python 3.12 on, cached_property is not locked
            return self._rereading

    @cached_property
    def _rereading(self) -> Rereading | None:
        settings = self.settings
        if settings.reader == OFF:
            return None
        return Rereading(
            reader=JointReader.shipped(cache=settings.cache, beside=self.embedder),
            weighing=shipped_weighing(),
            pool=self._pool,
            limit=settings.reread,
            limit_ms=settings.reread_ms,
            recent=self._recent,
        )

    @cached_property
    def judge(self) -> Judge:
        """The judge of outcomes, with the lines that the settings draw."""
        fitted = Calibrations.load()
        return Judge(
            calibration=fitted.reread if self.rereading else fitted.first_sight,
            answered_at=self.settings.answered_at,
            weak_at=self.settings.weak_at,
        )

    def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer one question from the newest generation.

        ``limit`` is how many points at most (the setting ``limit`` if None). ``history``, oldest
        first, completes a follow-up question.
        Raises QuestionError for an empty or too long question.
        """
        return last(self.answering(question, limit=limit, filters=filters, history=history))

    def answering(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
    ) -> Generator[Stage, None, None]:
        """Yield what ``ask`` finds as it finds it: the passages, each quote, at last the answer.

        Closing the iterator gives up what is left to do. Raises as ``ask`` does.
        """
        watch = Stopwatch()
        asked = self.understand(question, history)
        watch.lap("embed")
        with self.store.snapshot() as snapshot:
            candidates = self.candidates(asked, snapshot, filters, self.settings.passages)
            coverage = covered(candidates, snapshot.count_articles(filters))
            watch.lap("retrieve")
            yield Retrieved(
                question=question,
                language=asked.language,
                passages=tuple(map(found_passage, candidates[:FIRST_RANKED])),
                coverage=coverage,
                generation=snapshot.generation,
            )
            evidence = self.evidence(asked, candidates, snapshot)
            judgement = self.judge.judge(evidence)
            watch.lap("read")
            composed = compose(
                judgement.evidence,
                snapshot,
                limit=limit or self.settings.limit,
                within=judgement.within,
            )
            closest = () if judgement.status is Status.ANSWERED else nearest(candidates)
            watch.lap("compose")
            answer = Answer(
                question=question,
                understood_as=None if asked.text == question else asked.text,
                language=asked.language,
                status=judgement.status,
                confidence=judgement.confidence,
                answer=composed.answer,
                points=composed.points,
                citations=composed.citations,
                nearest=closest,
                coverage=coverage,
                generation=snapshot.generation,
                timing_ms=watch.timing(),
            )
        yield from quoted(answer)
        yield answer

    def evidence(
        self, question: Question, candidates: Sequence[Candidate], snapshot: Snapshot
    ) -> list[Evidence]:
        """Return the sentences that may answer, the strongest first."""
        scored = self.reader.read(question, candidates, snapshot)
        if self.rereading is None:
            return at_first_sight(scored)
        return self.rereading.read(question, scored, snapshot.generation)

    def search(self, question: str, *, limit: int = 10, filters: Filters = NO_FILTERS) -> Found:
        """Return the ranked passages for a question, with the scores that ranked them."""
        asked = self.understand(question)
        with self.store.snapshot() as snapshot:
            candidates = self.candidates(asked, snapshot, filters, limit)
            return Found(
                passages=tuple(found_passage(candidate) for candidate in candidates),
                generation=snapshot.generation,
            )

    def verify(self, claims: Sequence[Claim]) -> list[Verified]:
        """Say of each citation what has become of it."""
        with self.store.snapshot() as snapshot:
            return [verify(snapshot, claim) for claim in claims]

    def add(
        self,
        articles: Iterable[Article],
        *,
        on_progress: OnProgress = ignore,
        known: Sequence[Store] = (),
    ) -> Iterator[Stored]:
        """Add or replace articles, batch by durable batch, as the result is iterated.

        What a store among ``known``, of the same embedder, has embedded already is taken from it.
        """
        return ingest(
            self.store,
            self.embedder,
            articles,
            passage_tokens=self.settings.passage_tokens,
            on_progress=on_progress,
            known=known,
        )

    def rebuild(self, *, on_progress: OnProgress = ignore) -> None:
        """Build the index anew, with the model and passage size of the settings, and swap it in.

        The old index answers meanwhile, and passages that stay the same keep their vectors. A
        rebuild that was stopped goes on where it was.
        """
        rebuild = Rebuild.begin(
            self.store,
            fingerprint=self.embedder.fingerprint,
            dimension=self.embedder.dimension,
            model=self.settings.model,
            recipe=f"passage_tokens={self.settings.passage_tokens}",
        )
        progress = Progress()
        finished = False
        while not finished:
            for articles in rebuild.missing():
                progress = self._stage(rebuild, articles, progress, on_progress)
            finished = rebuild.finish()

    def _stage(
        self,
        rebuild: Rebuild,
        articles: Sequence[Article],
        before: Progress,
        on_progress: OnProgress,
    ) -> Progress:
        now = before

        def follow(part: Progress) -> None:
            nonlocal now
            now = before.plus(part)
            on_progress(now)

        for _ in ingest(
            rebuild.staging,
            self.embedder,
            articles,
            passage_tokens=self.settings.passage_tokens,
            on_progress=follow,
            known=rebuild.reusable,
        ):
            pass
        return now

    def restore_lost(self, *, on_progress: OnProgress = ignore) -> int:
        """Embed anew the articles that lost vectors with a damaged file; return how many."""
        return restore_lost(
            self.store,
            self.embedder,
            passage_tokens=self.settings.passage_tokens,
            on_progress=on_progress,
        )

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Delete articles; return the ids that there were."""
        removed = self.store.remove(article_ids)
        with self.store.snapshot() as snapshot:
            self._recent.forget_before(snapshot.generation)
        return removed

    def warm_up(self) -> None:
        """Load the models, so that the first question is as fast as the next."""
        self.ask("Qui a dit quoi, quand et où ?")

    def close(self) -> None:
        """Let go of the data folder, and of the threads that read."""
        self.store.close()
        self._pool.shutdown(wait=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def understand(self, question: str, history: Sequence[Turn] = ()) -> Question:
        """Return the question in full, with its language and vector. Raises QuestionError."""
        checked(question)
        text = understood(question, history) or question
        with self.store.snapshot() as snapshot:
            among = set(snapshot.languages()) | COMMON_LANGUAGES
        return Question(
            text=text,
            language=detect_language(text, among=among),
            vector=self.embedder.embed_question(text),
        )

    def candidates(
        self, question: Question, snapshot: Snapshot, filters: Filters, limit: int
    ) -> list[Candidate]:
        """Return the passages to read or to show."""
        proposals = max(limit, self.settings.candidates)
        return retrieve(question, snapshot, filters, proposals=proposals, limit=limit)


def open_engine(settings: Settings, *, rebuilding: bool = False) -> Engine:
    """Open the data folder of the settings, made if there is none.

    ``rebuilding`` opens an index that another model built, which is refused otherwise. Raises
    StoreError.
    """
    take_one_thread_each()
    settings = structs.replace(
        settings, data=settings.data.expanduser(), cache=settings.cache.expanduser()
    )
    if rebuilding:
        return Engine(settings, LocalStore.open_existing(settings.data))
    known = identity(settings.model, cache=settings.cache, backend=settings.backend)
    store = LocalStore.open(
        settings.data,
        fingerprint=known.fingerprint,
        dimension=known.dimension,
        model=settings.model,
    )
    return Engine(settings, store)


class Stopwatch:
    """Milliseconds between laps."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self._laps[stage] = round((now - self._last) * 1000, 3)
        self._last = now

    def timing(self) -> Timing:
        """Return all stages and the total."""
        total = round((self._last - self._start) * 1000, 3)
        return Timing(**self._laps, total=total)


def checked(question: str) -> None:
    """Raise QuestionError for what cannot be asked."""
    if not any(character.isalnum() for character in question):
        raise QuestionError(
            "The question is empty.", remedy="Ask something, such as: who signed the declaration?"
        )
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} is the most.",
            remedy="Ask it in a sentence or two.",
        )
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise QuestionError(
            "The question holds an unpaired surrogate, which is no character.",
            remedy="Send it as valid UTF-8.",
        )


def covered(candidates: Sequence[Candidate], articles_in_scope: int) -> Coverage:
    """Return what is looked at to answer from these candidates."""
    return Coverage(
        passages_read=len(candidates),
        articles_matched=len({candidate.record.article.id for candidate in candidates}),
        articles_in_scope=articles_in_scope,
    )


def found_passage(candidate: Candidate) -> FoundPassage:
    """Return a candidate as a search shows it."""
    record = candidate.record
    return FoundPassage(
        article_id=record.article.id,
        start=record.passage.start,
        end=record.passage.end,
        text=record.text,
        dense=round(candidate.dense, 6),
        lexical=round(candidate.lexical, 6),
        score=round(candidate.score, 6),
    )
