"""The resource survey (지역자원 조사): assets with consent, voices by theme, findings and what came of them.

Source: DOMAIN, Resource survey.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.chassis.errors import Refusal
from services.training.domain.support import refusals


class AssetKind(StrEnum):
    ORGANISATION = "organisation"
    PERSON = "person"
    PLACE = "place"
    PROGRAMME = "programme"


class Consent(StrEnum):
    """not_needed: what is known of it is public."""

    GIVEN = "given"
    NOT_NEEDED = "not_needed"


class Deed(StrEnum):
    """What the centre did about a finding."""

    COURSE = "course"
    CONSULTATION = "consultation"
    PROGRAMME = "programme"
    NETWORK_MEETING = "network_meeting"
    OTHER = "other"


def respondent_of(survey_id: str, person_id: str) -> str:
    """What stands for a person beside their answers: the same for the same survey, so that nobody answers twice, and
    another one for each survey. Whoever knows the database and a person's id can reckon it.
    """
    return hashlib.sha256(f"{survey_id} {person_id}".encode()).hexdigest()


class Subject(StrEnum):
    """What a survey is about. In a course one is one of many; who asked for a consultation is known anyway."""

    COURSE = "course"
    CONSULTATION = "consultation"


@dataclass(frozen=True)
class Said:
    """What was answered to a question, by nobody's order. number: how many answered. withheld: so few of a course that
    one could guess who said what; then there are no `answers`.
    """

    answers: list[Any]
    number: int
    withheld: bool


def said(subject: str, question_id: str, answers: Iterable[Mapping[str, Any]], fewest: int) -> Said:
    """answers: each person's, by question. fewest: of a course, how many must have answered the question."""
    given = [each[question_id] for each in answers if question_id in each]
    withheld = subject == Subject.COURSE and 0 < len(given) < fewest
    return Said([] if withheld else sorted(given), len(given), withheld)


@dataclass(frozen=True)
class Agreement:
    consent: Consent
    consented_on: date | None


def consent(kind: AssetKind, agreement: Agreement) -> Iterator[Refusal]:
    """What is known of a person is kept only with their consent, and consent has a day."""
    if kind is AssetKind.PERSON and agreement.consent is not Consent.GIVEN:
        yield refusals.consent_missing()
    elif agreement.consent is Consent.GIVEN and agreement.consented_on is None:
        yield refusals.consent_without_day()
