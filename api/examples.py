"""One example of each message, for the OpenAPI document; all of them tell the same story.

A test decodes and checks every one: an example that no longer fits its type fails.
"""

from datetime import date

from api.messages import (
    AddArticles,
    AddSamples,
    ArticleFields,
    Ask,
    ClaimFields,
    FetchPage,
    FilterFields,
    TurnFields,
    Verify,
)
from api.replies import (
    Added,
    Extent,
    Listed,
    Liveness,
    Readiness,
    Shown,
    Taken,
    Unread,
    Verdicts,
)
from index.article import Article
from index.protocols import Stored, Summary
from qa.answer import (
    Answer,
    Citation,
    Coverage,
    Found,
    FoundPassage,
    Point,
    Quote,
    Status,
    Timing,
    Verdict,
    Verified,
)
from qa.stages import Quoted, Retrieved

_ARTICLE = Article(
    id="fregates",
    text="Le Danemark fournira deux frégates. La Suède a refusé d'envoyer des soldats.",
    title="Deux frégates pour la mission",
    source="Le Phare",
    url="https://phare.example/fregates",
    published=date(2026, 1, 7),
    language="fr",
)
_START = _ARTICLE.text.index("La Suède")
_END = len(_ARTICLE.text)
_CITATION = Citation.cut(_ARTICLE, _ARTICLE.sha256, _START, _END, number=1)

ADD = AddArticles(
    articles=(
        ArticleFields(
            id=_ARTICLE.id,
            text=_ARTICLE.text,
            title=_ARTICLE.title,
            source=_ARTICLE.source,
            url=_ARTICLE.url,
            published="2026-01-07",
            language=_ARTICLE.language,
        ),
    )
)
ADDED = Added(
    articles=(Stored(id=_ARTICLE.id, status="added", passages=1, duplicate_of=None),),
    generation=42,
)
FETCH = FetchPage(url="https://phare.example/fregates")
SAMPLES = AddSamples()
TAKEN = Taken(
    articles=(Stored(id=_ARTICLE.id, status="added", passages=1, duplicate_of=None),),
    unread=(
        Unread(
            origin="https://phare.example/direct",
            detail="There is no article text in this page. Save the article to a file.",
        ),
    ),
    generation=42,
)
LISTED = Listed(
    articles=(
        Summary(
            id=_ARTICLE.id,
            title=_ARTICLE.title,
            source=_ARTICLE.source,
            url=_ARTICLE.url,
            published=_ARTICLE.published,
            language=_ARTICLE.language,
            sha256=_ARTICLE.sha256,
            characters=len(_ARTICLE.text),
            passages=1,
            duplicate_of=None,
        ),
    ),
    next_cursor="ZnJlZ2F0ZXM",
    generation=42,
)
SHOWN = Shown(
    id=_ARTICLE.id,
    title=_ARTICLE.title,
    source=_ARTICLE.source,
    url=_ARTICLE.url,
    published=_ARTICLE.published,
    language=_ARTICLE.language,
    sha256=_ARTICLE.sha256,
    characters=len(_ARTICLE.text),
    duplicate_of="fregates-agence",
    text=_ARTICLE.text,
    passages=(Extent(start=0, end=_END),),
)
ASK = Ask(
    question="and Sweden?",
    limit=5,
    history=(
        TurnFields(
            question="will Denmark send troops?",
            answer="« Le Danemark fournira deux frégates. » [1]",
        ),
    ),
    filters=FilterFields(
        source=("Le Phare",),
        language=("fr",),
        published_from=date(2026, 1, 1),
        published_to=date(2026, 1, 31),
    ),
)
ANSWER = Answer(
    question=ASK.question,
    understood_as="Will Sweden send troops?",
    language="en",
    status=Status.ANSWERED,
    confidence=0.93,
    answer=f"« {_CITATION.text} » [1]",
    points=(
        Point(
            short="a refusé d'envoyer des soldats",
            quotes=(Quote(text=_CITATION.text, citation=1),),
            independent_sources=1,
            score=0.95,
        ),
    ),
    citations=(_CITATION,),
    nearest=(),
    coverage=Coverage(passages_read=12, articles_matched=4, articles_in_scope=5),
    generation=42,
    timing_ms=Timing(embed=9.1, retrieve=2.0, read=31.0, compose=0.4, total=42.8),
)
FOUND = Found(
    passages=(
        FoundPassage(
            article_id=_ARTICLE.id,
            start=0,
            end=_END,
            text=_ARTICLE.text,
            dense=0.87,
            lexical=3.2,
            score=2.1,
        ),
    ),
    generation=42,
)
RETRIEVED = Retrieved(
    question=ANSWER.question,
    language=ANSWER.language,
    passages=FOUND.passages,
    coverage=ANSWER.coverage,
    generation=ANSWER.generation,
)
QUOTED = Quoted(point=1, short="La Suède", independent_sources=1, citation=_CITATION)
VERIFY = Verify(
    citations=(
        ClaimFields(
            article_id=_CITATION.article_id,
            sha256=_CITATION.sha256,
            start=_CITATION.start,
            end=_CITATION.end,
            text=_CITATION.text,
        ),
    )
)
VERDICTS = Verdicts(
    citations=(
        Verified(
            article_id=_CITATION.article_id,
            verdict=Verdict.EXACT,
            start=_CITATION.start,
            end=_CITATION.end,
            sha256=_CITATION.sha256,
        ),
    )
)
LIVENESS = Liveness()
READINESS = Readiness(
    status="ready",
    reasons=(),
    generation=42,
    articles=5,
    passages=61,
    model="multilingual-e5-small",
)
