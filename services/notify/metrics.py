"""Notify's own metrics, beside those of the chassis."""

from __future__ import annotations

from prometheus_client import Counter

purged = Counter("madang_notify_purged_total", "What was kept no longer, by what it was", ["what"])
