"""The community grant programme (마을공동체 공모사업) by stages. Source: DOMAIN, Grant programme support."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    FORMING = "forming"
    ACTIVITY = "activity"
    AUTONOMY = "autonomy"
