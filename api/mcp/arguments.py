"""What a language model may ask for: flat, bounded, and every field explained to it."""

from typing import Annotated

from msgspec import Meta, Struct

from api.messages import ArticleId, FilterFields
from qa.answer import LONGEST_QUESTION

LONGEST_EXCERPT = 100_000

Question = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_QUESTION,
        description=(
            "A complete question, in any language, that can be understood by itself: name the "
            "people, places and times that the conversation takes for granted. One thing at a time."
        ),
    ),
]


class AskArguments(FilterFields, frozen=True, kw_only=True):
    """A question; and filters, for when the user asks for an outlet, a language or a time only."""

    question: Question
    limit: Annotated[
        int, Meta(ge=1, le=50, description="Distinct answers at most; more for a list of all.")
    ] = 5


class SearchArguments(FilterFields, frozen=True, kw_only=True):
    """What to look for; and filters, for when the user asks for an outlet, a language or a time."""

    query: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=LONGEST_QUESTION,
            description="Words or a question, in any language.",
        ),
    ]
    limit: Annotated[int, Meta(ge=1, le=50, description="Passages at most.")] = 10


class ArticleArguments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article, and how much of it."""

    article_id: Annotated[ArticleId, Meta(description="`article_id` of a citation or a passage.")]
    start: Annotated[
        int, Meta(ge=0, le=2**31, description="Character to begin at; the first is 0.")
    ] = 0
    characters: Annotated[
        int, Meta(ge=1, le=LONGEST_EXCERPT, description="Characters to read at most.")
    ] = 20_000
