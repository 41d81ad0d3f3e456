"""What the running bot counts of itself, as Prometheus figures; nothing of persons is in it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_LATENCIES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)


class Metrics:
    """All figures, in a registry of their own: whoever counts is handed this."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = self.registry
        self.updates = Counter(
            "xianfeng_updates", "Updates by what became of them: done, failed, refused.", ["outcome"], registry=registry
        )
        self.update_seconds = Histogram(
            "xianfeng_update_seconds", "From taking an update to its answer.", buckets=_LATENCIES_S, registry=registry
        )
        self.telegram_calls = Counter(
            "xianfeng_telegram_calls",
            "Calls to Telegram: ok, too_many (429), refused, lost.",
            ["outcome"],
            registry=registry,
        )
        self.telegram_bursts = Counter(
            "xianfeng_telegram_bursts", "How often a row of answers 429 (Too Many Requests) began.", registry=registry
        )
        self.conflicts = Counter(
            "xianfeng_poll_conflicts", "Polls that Telegram ended because somebody else polls.", registry=registry
        )
        self.polls = Gauge("xianfeng_polls", "1 in the process that polls Telegram.", registry=registry)
        self.letters = Gauge("xianfeng_letters", "Letters by state.", ["state"], registry=registry)
        self.oldest_letter_seconds = Gauge(
            "xianfeng_oldest_due_letter_seconds", "For how long the oldest due letter has been due.", registry=registry
        )
        self.due_work = Gauge("xianfeng_due_work", "Work of the calendar that is due and not done.", registry=registry)
        self.due_work_seconds = Gauge(
            "xianfeng_due_work_lag_seconds", "For how long the oldest has been due.", registry=registry
        )
        self.dead_letters = Gauge(
            "xianfeng_dead_letters", "Updates that always failed and were put away.", registry=registry
        )
        self.connections = Gauge(
            "xianfeng_database_connections", "Connections to the database in use.", registry=registry
        )
        self.connections_most = Gauge("xianfeng_database_connections_most", "Connections at most.", registry=registry)
        self.database_up = Gauge("xianfeng_database_up", "1 while the database answers.", registry=registry)
