"""What has become of a citation since it was given."""

from index.article import Article
from index.protocols import Snapshot
from qa.answer import Claim, Verdict, Verified


def verify(snapshot: Snapshot, claim: Claim) -> Verified:
    """Compare a citation with the article as it is stored now.

    The words decide: an article that was corrected elsewhere leaves a citation ``exact``; the
    ``sha256`` of the result tells that it is another version. ``moved`` names the place of the
    words that is nearest to where they stood.
    """
    article = snapshot.article(claim.article_id)
    if article is None:
        return _verdict(claim, Verdict.GONE, None, None)
    if claim.text and article.text[max(0, claim.start) : claim.end] == claim.text:
        return _verdict(claim, Verdict.EXACT, article, claim.start)
    start = _nearest(article.text, claim.text, claim.start)
    return _verdict(claim, Verdict.CHANGED if start is None else Verdict.MOVED, article, start)


def _nearest(text: str, wanted: str, place: int) -> int | None:
    """Return where ``wanted`` begins nearest to ``place``, the earlier one of two as near."""
    if not wanted:
        return None
    place = max(0, min(place, len(text)))
    before = text.rfind(wanted, 0, place + len(wanted))
    after = text.find(wanted, place)
    starts = [start for start in (before, after) if start >= 0]
    return min(starts, key=lambda start: (abs(start - place), start), default=None)


def _verdict(
    claim: Claim, verdict: Verdict, article: Article | None, start: int | None
) -> Verified:
    return Verified(
        article_id=claim.article_id,
        verdict=verdict,
        start=start,
        end=None if start is None else start + len(claim.text),
        sha256=None if article is None else article.sha256,
    )
