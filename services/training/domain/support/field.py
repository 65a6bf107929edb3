"""Match people and tasks by field of work. Source: DOMAIN, The first centre."""

from __future__ import annotations

from services.centre.vocabulary import Field


def works_in(own: str, wanted: str) -> bool:
    """Does somebody of the field `own` work in the field `wanted`?"""
    return Field.BOTH in (own, wanted) or own == wanted
