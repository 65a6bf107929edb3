"""Sales channels (판로): where organisations may sell, and what introductions brought. Source: DOMAIN, Consulting."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    FAIR = "fair"
    PROCUREMENT = "procurement"
    SHOP = "shop"


class Result(StrEnum):
    PENDING = "pending"
    CONTRACT = "contract"
    TALKS = "talks"
    DECLINED = "declined"
