"""Asks the eligibility rules of a call about an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.recruitment.domain import eligibility
from services.recruitment.domain.applications import candidate
from services.recruitment.domain.eligibility import Days, Verdict
from services.recruitment.models import Application, Call


def verdicts_of(application: Application, call: Call, content: Mapping[str, Any] | None = None) -> list[Verdict]:
    """content: a complete one; by default the draft as it stands. What staff found to be so goes over it."""
    declared = application.content if content is None else content
    found = candidate(application.kind, {**declared, **application.facts})
    return eligibility.judge(found, call.eligibility, Days(call.notice_on, call.move_in_on))
