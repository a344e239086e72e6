"""What the bot counts, for Prometheus. One registry an application: nothing global."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

LATENCIES_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The figures of one running bot. Names end with their unit, as Prometheus has it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.updates = self._counter("unigo_updates", "Updates by what became of them", "outcome")
        self.sends = self._counter("unigo_sends", "Attempts to deliver, by what became of them", "outcome")
        self.ended = {outcome: self.sends.labels(outcome) for outcome in ("sent", "aborted", "failed", "unreachable")}
        """Of `sends`, by what becomes of a message in the end: looked up once."""
        self.questions = self._counter("unigo_questions", "Questions by the kind of answer", "kind")
        self.helpful = self._counter(
            "unigo_answers_marked", "Answers by whether people say that they helped", "helpful"
        )
        self.alarm_mails = self._counter("unigo_alarm_mails", "Mails to the owners, by what became of them", "outcome")
        for counter, outcome in ((self.updates, "set_aside"), (self.sends, "failed"), (self.alarm_mails, "failed")):
            counter.labels(outcome)  # from 0 on: Prometheus sees no increase in a figure that is new
        self.floods = Counter("unigo_flood_waits", "Times that Telegram asked to wait", registry=self._registry)
        self.handling_seconds = self._histogram("unigo_handling_seconds", "From an update's arrival to its commit")
        self.delivery_seconds = self._histogram("unigo_delivery_seconds", "From a message's commit to its delivery")
        self.last_fetch = self._gauge("unigo_last_fetch_timestamp_seconds", "When Telegram was last heard of")
        self.contested = Counter(
            "unigo_contested", "Times that another program received this bot's updates", registry=self._registry
        )
        self.storage_trouble = self._gauge("unigo_storage_trouble", "1 while nothing can be stored, else 0")
        self.inbox_waiting = self._gauge("unigo_inbox_waiting", "Updates that wait to be handled")
        self.inbox_set_aside = self._gauge("unigo_inbox_set_aside", "Updates that could not be handled")
        self.oldest_update_s = self._gauge("unigo_oldest_update_seconds", "How long an update has waited to be handled")
        self.oldest_reply_s = self._gauge("unigo_oldest_reply_seconds", "How long a reply that is due has waited")
        self.outbox_queued = self._gauge("unigo_outbox_queued", "Messages that wait to be delivered")
        self.outbox_failed = self._gauge("unigo_outbox_failed", "Messages that were given up")
        self.people_known = self._gauge("unigo_people_known", "People who have written to the bot")
        self.people_unreachable = self._gauge("unigo_people_unreachable", "Of those, who cannot be written to")
        self.last_backup = self._gauge("unigo_backup_last_success_timestamp_seconds", "When the last backup was made")
        self.backup_failures = Counter(
            "unigo_backup_failures", "Daily backups that could not be made", registry=self._registry
        )
        self.open_questions = self._gauge("unigo_open_questions", "Questions that wait for the Secretariat")

    def page(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str, label: str) -> Counter:
        return Counter(name, text, [label], registry=self._registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(name, text, registry=self._registry)

    def _histogram(self, name: str, text: str) -> Histogram:
        return Histogram(name, text, buckets=LATENCIES_S, registry=self._registry)
