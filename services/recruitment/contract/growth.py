"""Designations and milestones of organisations, and their readiness for certification. Money in won."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from services.chassis.contract import Answer, Doc, Omittable, Part, Request
from services.chassis.fields import Id, Json, Line, Paragraphs, Whole, wrong_at
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import DesignationKind, LegalForm, RequirementKind

organisations = Part("recruitment", "organisations", "How the organisations in the centre grow")

MOST_WON = 10**12

Won = Omittable[Annotated[int, Whole(0, MOST_WON)]]


# --- answers


class Designation(Answer):
    """since, until: both days belong to it. warn_on: day on which its end is announced."""

    id: str
    organisation_id: str
    kind: DesignationKind
    number: str | None
    since: date
    until: date | None
    warn_on: date | None
    valid: bool
    recorded_at: datetime


class Milestone(Answer):
    id: str
    organisation_id: str
    title: str
    reached_on: date
    note: str | None


class Growth(Answer):
    organisation_id: str
    designations: list[Designation]
    milestones: list[Milestone]


class Requirement(Answer):
    requirement: RequirementKind
    met: bool
    message: str
    details: Json


class Readiness(Answer):
    """assessed_at: time at which the facts were recorded, None if there are none."""

    organisation_id: str
    ready: bool
    assessed_at: datetime | None
    requirements: list[Requirement]


# --- operations


@organisations.command(
    "POST /organisations/{organisation_id}/designations", status=201, refuses=(403, 409), body="NewDesignation"
)
class RecordDesignation(Request[Designation]):
    """Record what an organisation is recognised as, and until when. For staff."""

    organisation_id: Id
    kind: DesignationKind
    since: date
    until: Annotated[date | None, Doc("By default as long as it may hold")] = None
    number: Annotated[str | None, Line(max=100)] = None

    def check(self) -> None:
        if self.until is not None and self.until < self.since:
            raise wrong_at("until", _("This must not be before the start."))


@organisations.command(
    "POST /organisations/{organisation_id}/milestones", status=201, refuses=(403,), body="NewMilestone"
)
class RecordMilestone(Request[Milestone]):
    """Record what an organisation has reached. For staff."""

    organisation_id: Id
    title: Annotated[str, Line(max=200)]
    reached_on: date
    note: Annotated[str | None, Paragraphs(max=2000, min=0)] = None


@organisations.query("GET /organisations/{organisation_id}/growth", refuses=(404,))
class GetGrowth(Request[Growth]):
    """Show the designations and milestones of an organisation of mine; staff see any."""

    organisation_id: Id


@organisations.command("PUT /organisations/{organisation_id}/readiness", refuses=(404,), body="ReadinessFacts")
class RecordFacts(Request[Readiness]):
    """Say what there is for the certification, and see at once what is missing."""

    # income and labour_cost over the last six months; profit and reused in the last business year
    organisation_id: Id
    form: Omittable[LegalForm] = None
    paid_workers: Omittable[Annotated[int, Whole(0, 1_000_000)]] = None
    social_purpose: Omittable[bool] = None
    stakeholder_governance: Omittable[bool] = None
    income: Won = None
    labour_cost: Won = None
    articles: Omittable[bool] = None
    profit: Omittable[Annotated[int, Whole(-MOST_WON, MOST_WON)]] = None
    reused: Won = None


@organisations.query("GET /organisations/{organisation_id}/readiness", refuses=(404,))
class GetReadiness(Request[Readiness]):
    """Is the organisation ready to be certified as a social enterprise? The seven requirements, one by one."""

    organisation_id: Id
