"""What a chat program sends, as far as it matters here: the rest is passed over.

Such programs send many fields that steer a language model (temperature, max_tokens, tools …).
There is none here to steer, so that they change nothing.
"""

from typing import Annotated

from msgspec import Meta, Struct

from api.markdown import quotes_of
from api.messages import MOST_POINTS, MOST_TURNS, FilterFields
from api.problems import INVALID, ProblemError
from index.protocols import NO_FILTERS, Filters
from qa.answer import LONGEST_QUESTION, Turn

MODEL = "pullquote"
LONGEST_ANSWER = 100_000  # characters of an earlier turn that are looked at
_TEXT = {"text", "input_text"}


class Part(Struct, frozen=True, kw_only=True):
    """A part of a message; only text is read."""

    type: str
    text: str | None = None


class Message(Struct, frozen=True, kw_only=True):
    """One message of a conversation."""

    role: str
    content: str | tuple[Part, ...] | None = None

    @property
    def text(self) -> str:
        """The words of the message."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "\n".join(part.text or "" for part in self.content if part.type in _TEXT)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The types of the parts that are not text."""
        parts = self.content if isinstance(self.content, tuple) else ()
        return tuple(part.type for part in parts if part.type not in _TEXT)


class StreamOptions(Struct, frozen=True, kw_only=True):
    """What comes with the stream."""

    include_usage: bool | None = None


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What only Pullquote knows: as in ``POST /v1/ask``."""

    limit: Annotated[int, Meta(ge=1, le=MOST_POINTS)] | None = None
    filters: FilterFields | None = None


class ChatRequest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conversation that ends in a question."""

    messages: Annotated[tuple[Message, ...], Meta(min_length=1)]
    model: Annotated[str, Meta(description="Whatever it is, Pullquote answers.")] = MODEL
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int, Meta(description="1: there is one answer.")] | None = None
    pullquote: Options | None = None

    def question(self) -> str:
        """Return the last user turn. Raises ProblemError if there is none, or one without words."""
        asked = next((each for each in reversed(self.messages) if each.role == "user"), None)
        if asked is None:
            raise ProblemError(INVALID, "messages: there is no user turn. The last one is asked.")
        if asked.unreadable:
            kinds = ", ".join(dict.fromkeys(asked.unreadable))
            detail = f"messages: the last user turn has parts that are not text ({kinds[:200]})."
            raise ProblemError(INVALID, f"{detail} Send the question as text.")
        if len(asked.text) > LONGEST_QUESTION:
            detail = f"messages: the last user turn has {len(asked.text):,} characters"
            raise ProblemError(
                INVALID, f"{detail}; {LONGEST_QUESTION:,} is the most. Ask in a sentence or two."
            )
        return asked.text

    def history(self) -> tuple[Turn, ...]:
        """Return the turns before the question, oldest first; of an earlier answer its quotes."""
        turns: list[Turn] = []
        for message in self.messages[: self._place_of_question()]:
            if message.role == "user" and message.text.strip():
                turns.append(Turn(question=message.text[:LONGEST_QUESTION]))
            elif message.role == "assistant" and turns and not turns[-1].answer:
                answer = quotes_of(message.text[:LONGEST_ANSWER])
                turns[-1] = Turn(question=turns[-1].question, answer=answer)
        return tuple(turns[-MOST_TURNS:])

    def check(self) -> None:
        """Raise ProblemError for what cannot be done."""
        if self.n not in {None, 1}:
            raise ProblemError(INVALID, "n: there is one answer to a question. Leave it out.")

    def scope(self) -> Filters:
        """Return the filters, those that restrict nothing if there are none."""
        given = None if self.pullquote is None else self.pullquote.filters
        return NO_FILTERS if given is None else given.filters()

    @property
    def limit(self) -> int | None:
        """Points at most, None for the setting."""
        return self.pullquote.limit if self.pullquote else None

    @property
    def wants_usage(self) -> bool:
        """Whether the stream ends with the number of tokens."""
        return bool(self.stream_options and self.stream_options.include_usage)

    def _place_of_question(self) -> int:
        return max(place for place, each in enumerate(self.messages) if each.role == "user")
