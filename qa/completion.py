"""What a follow-up leaves out is put into its place, or behind it where the place is not sure."""

import re

from qa.wording import CAPITAL_NOUNS, Run, Wording

TOPIC_WORDS = 24  # of the question before, at most: the rest of a long one
MOST_NAMES = 3  # of the answer
ANSWER_CHARACTERS = 2_000  # of the answer that are looked at: its first quote is there
VERB_FIRST = frozenset(["de", "en"])  # languages whose yes-no questions an interrogative may open

# Prepositions of which one takes the other's place, alone or one with its article, by language:
# "en Italie" and "au Portugal", but not "à Rome" and "en Italie".
_ALIKE = {
    "de": ("in im ins", "an am ans", "zu zum zur", "von vom", "bei beim"),
    "es": ("a al", "de del"),
    "fr": ("en au aux", "a au aux", "de du des d"),
    "it": (
        "a ad al alla allo ai agli alle all",
        "da dal dalla dai dalle",
        "di d del della dello dei degli delle dell",
        "in nel nella nei nelle nell",
        "su sul sulla sui sulle",
    ),
}
_IN_ONE = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}  # French
_APART = re.compile(r"\b(?:de|à) les?\b(?= )")
LONGEST_APART = 3  # characters of a preposition that takes an article, with its space
_SAME_PLACE = {
    language: tuple(frozenset(listed.split()) for listed in rows)
    for language, rows in _ALIKE.items()
}
_OPENING_MARKS = '«"“„(¿ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'
_CLOSING_MARKS = re.compile(r"\s*[»”\")]+")


def completed(asked: Wording, prior: Wording, answer: str) -> str:
    """Return a follow-up with what the question before it, or its answer, has and it lacks.

    "And Poland?" and "when?" take the place of a name or of an interrogative: the rest is the words
    of the question before. Where it is not sure which place, its topic follows after a dash.
    """
    text = asked.text[asked.words[asked.opener].start :] if asked.opener else asked.text
    part = Wording.of(text.strip(), otherwise=asked.language)
    return (
        with_other_name(part, prior)
        or with_other_interrogative(part, prior)
        or with_topic(part, prior, answer)
    )


def with_topic(part: Wording, prior: Wording, answer: str) -> str:
    """Return the follow-up, a dash, and what the question before was about.

    A pronoun may stand for somebody whom only the answer names; then the names stand there as well.
    """
    about = topic(prior, but_for_chosen=part.is_a_name)
    if _means_somebody(part) and _names_nobody(prior):
        names = ", ".join(names_in(answer, besides=f"{part.text} {about}"))
        about = f"{about} ({names})" if about and names else about or names
    return f"{part.text} — {about}" if about else part.text


def topic(prior: Wording, *, but_for_chosen: bool = False) -> str:
    """Return a question from its first word that says what it is about; empty if it has none.

    With ``but_for_chosen``, without the noun of "which countries": a name takes its place, and what
    is asked of that one country is asked of no others.
    """
    content = prior.content
    if but_for_chosen and len(content) > 1 and prior.is_a(content[0] - 1, "choosers"):
        content = content[1:]
    if not content:
        return ""
    first = content[0]
    last = min(first + TOPIC_WORDS, len(prior.words)) - 1
    start = len(prior.text[: prior.words[first].start].rstrip(_OPENING_MARKS))
    end = prior.words[last].end
    closing = _CLOSING_MARKS.match(prior.text, end)
    return prior.text[start : closing.end() if closing else end].strip()


def names_in(answer: str, *, besides: str) -> tuple[str, ...]:
    """Return the first names of an answer's first quote, without those that are known already."""
    looked_at = answer[:ANSWER_CHARACTERS]
    _, _, opened = looked_at.partition("«")
    quoted, closed, _ = opened.partition("»")
    wording = Wording.of(quoted.strip() if closed else looked_at)
    known = {word.folded for word in Wording.of(besides).words}
    new = (
        wording.cut(run)
        for run in wording.names
        if known.isdisjoint(word.folded for word in wording.words[run.first : run.end])
    )
    return tuple(dict.fromkeys(new))[:MOST_NAMES]


def with_other_name(part: Wording, prior: Wording) -> str | None:
    """Return the question before with this name for the one it was about; None if not sure."""
    if not part.is_a_name:
        return None
    leading = [
        word for n, word in enumerate(part.words) if part.is_a(n, "prepositions", "contracted")
    ]
    preposition = leading[0].folded if leading else None
    run = _place_of_name(prior, preposition, year=_is_year(part, Run(0, len(part.words))))
    if run is None:
        return None
    first = _determined(prior, run) - (preposition is not None)
    start, end = prior.words[first].start, prior.words[run.end - 1].end
    before = prior.text[:start]
    named = _APART.sub(lambda apart: _IN_ONE[apart[0]], before[-LONGEST_APART:] + _inner(part))
    return _capitalised(before[:-LONGEST_APART] + named + prior.text[end:])


def _place_of_name(prior: Wording, preposition: str | None, *, year: bool) -> Run | None:
    """Return the only name that another may replace: behind the same preposition, or behind none.

    A name without a preposition may also replace one that has some ("the population of Tokyo").
    """
    if preposition is None and prior.language in CAPITAL_NOUNS:
        return None
    names = [run for run in prior.names if _is_year(prior, run) == year]
    fitting = [
        run for run in names if _alike(_preposition(prior, run), preposition, prior.language)
    ]
    if preposition is None and not fitting and _asks_of_one(prior):
        fitting = [run for run in names if not prior.is_a(_before(prior, run), "contracted")]
    return fitting[0] if len(fitting) == 1 else None


def _alike(one: str | None, other: str | None, language: str) -> bool:
    """Whether a name behind one preposition, or None, may take the place of one behind another."""
    return one == other or any(
        one in listed and other in listed for listed in _SAME_PLACE.get(language, ())
    )


def with_other_interrogative(part: Wording, prior: Wording) -> str | None:
    """Return the question before, asked with these interrogatives; None if it cannot be."""
    if part.language != prior.language or not only_asks(part) or _counts_things(part):
        return None
    asking = prior.text[: prior.words[0].start] + _capitalised(_inner(part))
    head = next((n for n in range(len(prior.words)) if not prior.is_a(n, "prepositions")), 0)
    manner = prior.is_a(head, "amounts") and prior.is_a(head + 1, "auxiliaries", "copulas")
    adverb = prior.is_a(head, "adverbs") and not prior.is_a(head + 1, "measures", "quantities")
    if adverb or manner:
        rest = prior.text[prior.words[head].end :].lstrip()
        return f"{asking}{'' if rest.startswith('?') else ' '}{rest}"
    if prior.language in VERB_FIRST and prior.is_a(0, "auxiliaries", "copulas"):
        rest = prior.text[prior.words[0].start :]
        return f"{asking} {rest[0].lower()}{rest[1:]}"
    return None


def only_asks(part: Wording) -> bool:
    """Whether there are interrogatives and nothing else but the noun of "which" and "how many"."""
    return any(_asks(part, number) for number in range(len(part.words))) and all(
        _asks(part, number)
        or part.is_a(number, "measures", "quantities", "prepositions", "determiners")
        or (number in part.content and number == len(part.words) - 1 and _is_chosen(part, number))
        for number in range(len(part.words))
    )


def _asks(part: Wording, number: int) -> bool:
    """Whether a word may be moved with its question: "who" and "how many" alone may not."""
    if part.is_a(number, "adverbs", "choosers"):
        return True
    if part.is_a(number, "askers"):
        return part.is_a(number - 1, "prepositions")
    measured = part.is_a(number + 1, "measures")
    return part.is_a(number, "amounts") and (measured or part.content == (len(part.words) - 1,))


def _is_chosen(part: Wording, number: int) -> bool:
    """Whether a word is the noun that "which", "how many" or "combien de" asks for."""
    if part.is_a(number - 1, "quantities", "prepositions"):
        return part.is_a(number - 2, "amounts", "adverbs")
    return part.is_a(number - 1, "choosers", "amounts")


def _counts_things(part: Wording) -> bool:
    """Whether it asks how many of something that is no time: that would be a second subject.

    "How many deaths?" after "When was the accident?", unlike "in how many towns?".
    """
    return part.is_a(0, "amounts") and any(not part.is_a(n, "now") for n in part.content)


def _means_somebody(part: Wording) -> bool:
    return any(part.is_a(number, "persons") for number in range(len(part.words)))


def _names_nobody(prior: Wording) -> bool:
    """Whether a question asks for a name, or has none but places and dates: "in Paris"."""
    head = next((n for n in range(len(prior.words)) if not prior.is_a(n, "prepositions")), 0)
    asks = prior.is_a(head, "askers", "choosers")
    return asks or all(_preposition(prior, run) is not None for run in prior.names)


def _asks_of_one(prior: Wording) -> bool:
    """Whether a question asks something of its name, and not who or which is to be named.

    "What is the population of Tokyo?" asks of Tokyo; "Which countries send troops to Ukraine?" asks
    for countries, and "Poland?" after it is one of them.
    """
    if prior.is_a(0, "adverbs", "amounts", "auxiliaries", "copulas"):
        return True
    return prior.is_a(1, "copulas") and prior.is_a(2, "determiners")


def _determined(prior: Wording, run: Run) -> int:
    """Return the number of the first word of a name, its articles included."""
    first = run.first
    while prior.is_a(first - 1, "determiners"):
        first -= 1
    return first


def _before(prior: Wording, run: Run) -> int:
    return _determined(prior, run) - 1


def _preposition(prior: Wording, run: Run) -> str | None:
    """Return the preposition that a name stands behind, None if there is none."""
    before = _before(prior, run)
    is_one = prior.is_a(before, "prepositions", "contracted")
    return prior.words[before].folded if is_one else None


def _is_year(wording: Wording, run: Run) -> bool:
    return wording.words[run.end - 1].text.isdecimal()


def _inner(part: Wording) -> str:
    return part.cut(Run(0, len(part.words)))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
