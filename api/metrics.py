"""What the service counts and times, for Prometheus. Each application has its own registry."""

import time
from collections.abc import Callable, Iterable

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.replies import READY, Readiness
from index.errors import StoreError
from index.protocols import Stored
from qa.answer import Answer

_STARTED = "pullquote_started"  # key in the request's state
_UNKNOWN = "(unknown)"  # one label for all addresses that there are not
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
_STAGES = ("embed", "retrieve", "read", "compose")


class Meters:
    """Counters and histograms of one application."""

    def __init__(self, measure: Callable[[], Readiness]) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_IndexSize(measure))
        self._requests = Counter(
            "pullquote_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "pullquote_request_seconds",
            "From a request's arrival to the first byte of its answer",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "pullquote_answers", "Questions, by their outcome", ("status",), registry=self.registry
        )
        self._stages = Histogram(
            "pullquote_stage_seconds",
            "Time of a question spent in each stage",
            ("stage",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._articles = Counter(
            "pullquote_articles_received",
            "Articles received, by what became of them",
            ("status",),
            registry=self.registry,
        )

    def count_answer(self, answer: Answer) -> None:
        """Count a question and the time of its stages."""
        self._answers.labels(answer.status).inc()
        for stage in _STAGES:
            self._stages.labels(stage).observe(getattr(answer.timing_ms, stage) / 1_000)

    def count_articles(self, stored: Iterable[Stored]) -> None:
        """Count articles that were received."""
        for each in stored:
            self._articles.labels(each.status).inc()

    async def watch(self, message: Message, scope: Scope) -> None:
        """Count a response when its first bytes leave; a hook of Litestar's ``before_send``."""
        if message["type"] != "http.response.start" or scope["type"] != ScopeType.HTTP:
            return
        route = str(scope.get("path_template") or _UNKNOWN)
        method = scope["method"] if route != _UNKNOWN else _UNKNOWN  # a client may invent methods
        self._requests.labels(method, route, message["status"]).inc()
        started = scope["state"].get(_STARTED)
        if started is not None:
            self._seconds.labels(method, route).observe(time.perf_counter() - started)

    def exposition(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)


class Stopwatch(ASGIMiddleware):
    """Notes when a request came, for ``Meters.watch``."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Note the time and pass on."""
        scope["state"][_STARTED] = time.perf_counter()
        await next_app(scope, receive, send)


class _IndexSize(Collector):
    """The size of the index, looked at when it is asked for; nothing while it cannot be read."""

    def __init__(self, measure: Callable[[], Readiness]) -> None:
        self._measure = measure

    def describe(self) -> Iterable[Metric]:
        return ()  # so that registering it does not measure

    def collect(self) -> Iterable[Metric]:
        try:
            size = self._measure()
        except StoreError:
            return
        yield GaugeMetricFamily("pullquote_index_articles", "Articles there are", size.articles)
        yield GaugeMetricFamily("pullquote_index_passages", "Passages there are", size.passages)
        yield GaugeMetricFamily(
            "pullquote_index_generation", "Number of the last change", size.generation
        )
        yield GaugeMetricFamily(
            "pullquote_index_degraded",
            "1 when something in the index needs care",
            float(size.status != READY),
        )
