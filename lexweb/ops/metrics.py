"""
`/metrics`: the state of the whole installation as Prometheus reads it, from the database at the moment it asks.

Every web process gives the same answer, so one of them is enough to ask. No label names a client.
"""

import math
from collections.abc import Iterator

from huey.contrib.djhuey import HUEY
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from lexweb.clients import authorization, tallies
from lexweb.clients.models import Tally
from lexweb.ops import status

REQUESTS = {tallies.REQUEST: "api", tallies.TOKEN_REQUEST: "authorization"}


def text() -> bytes:
    """Return everything as text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector())
    return generate_latest(registry)


class _Collector:
    def describe(self) -> list[Metric]:
        """Name nothing in advance: it would ask the database twice."""
        return []

    def collect(self) -> Iterator[Metric]:
        now = status.overall()
        yield _lags(now.lags)
        yield _one("late", "Resources of connections that were not read for longer than planned", now.late)
        yield _each("connections", "Connections by state", "state", now.connections)
        yield _one("connections_paused", "Connections whose lists and back-fill people have paused", now.paused)
        yield _one("queue_length", "Connections that are due and that nobody works on", now.queue.count)
        yield _one("queue_age_seconds", "Since when the oldest of these is due", now.queue.seconds)
        yield _one("nudges", "Tasks in the queue; NaN if it cannot be asked", _nudges())
        yield _one("events_open", "Webhook events that are not dealt with", now.events.count)
        yield _one("events_age_seconds", "Since when the oldest of these is here", now.events.seconds)
        yield _each("outbox_items", "Items of the outbox by state", "state", now.outbox)
        yield _one("backfill_left", "Vouchers whose details or payments are still to be read", now.left)
        yield _one("workers", "Worker processes that are alive", len(now.workers))
        yield _one("seats", "Connections that workers have in their hands", now.seats)
        yield from _tallies()


def _lags(lags: dict[str, list[float]]) -> Metric:
    metric = GaugeMetricFamily(
        "lexweb_sync_lag_seconds",
        "Since when a resource has not been read as a whole, over the connections that are not paused",
        labels=["resource", "of"],
    )
    for resource, seconds in lags.items():
        metric.add_metric([resource, "max"], max(seconds))
        metric.add_metric([resource, "p95"], sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1])
    return metric


def _tallies() -> Iterator[Metric]:
    requests = CounterMetricFamily(
        "lexweb_requests", "Requests to Lexware Office; status none: no answer", labels=["server", "method", "status"]
    )
    throttled = CounterMetricFamily("lexweb_throttled", "Requests answered with 429", labels=["server"])
    errors = CounterMetricFamily("lexweb_errors", "Calls that failed, by kind", labels=["kind"])
    refused = dict.fromkeys(REQUESTS.values(), 0)
    row = 0
    for name, label, count in Tally.objects.order_by("name", "label").values_list("name", "label", "count"):
        if server := REQUESTS.get(name):
            method, _blank, answer = label.partition(" ")
            requests.add_metric([server, method, answer], count)
            refused[server] += count if answer == "429" else 0
        elif name == tallies.TROUBLE:
            errors.add_metric([label], count)
        elif name == authorization.IN_A_ROW:
            row = count
    for server, count in refused.items():
        throttled.add_metric([server], count)
    yield from (requests, throttled, errors)
    yield _one("authorization_refusals_in_a_row", "429 of the authorization server since the last success", row)


def _one(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"lexweb_{name}", text, value=value)


def _each(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    metric = GaugeMetricFamily(f"lexweb_{name}", text, labels=[label])
    for key, value in values.items():
        metric.add_metric([key], value)
    return metric


def _nudges() -> float:
    try:
        return float(HUEY.pending_count())
    except Exception:  # Redis may be away; everything else is still worth telling
        return math.nan
