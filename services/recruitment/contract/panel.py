"""Judges of a call, what they judge, and recusals."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Annotated

from services.chassis.contract import Answer, Doc, Part, Request, Value
from services.chassis.fields import Id, Items, Line, Several, wrong_at
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import Ground, RecusalSource

panel = Part("recruitment", "calls", "Judges of a call, and what they judge")
recusals = Part("recruitment", "applications", "Recusals of judges from an application")

ABOUT_ONE = (403, 404, 409)


# --- values


class ComparedContact(Value):
    """Contact data that is not kept: hashes of it are compared with those of others, to find conflicts of interest.

    phone: as it is dialled in the centre's country, or with +.
    """

    email: Annotated[str, Line(max=254), Doc(more={"examples": ["lee@example.com"]})]
    phone: Annotated[str, Line(max=40), Doc(more={"examples": ["010-1234-5678"]})]


class Tie(Value):
    """Relation of a judge to an organisation, which the judge has declared."""

    organisation_id: Id
    ground: Ground
    note: Annotated[str, Line(max=500, min=0)] = ""


class NewJudge(Value):
    id: Id
    name: Annotated[str, Line(max=200)]
    organisations: Annotated[list[Id], Several(max=50)] = field(default_factory=list)
    contact: Annotated[ComparedContact | None, Doc("Compared with the applicants' by hashes, and not kept")] = None
    ties: Annotated[list[Tie], Items(max=100)] = field(default_factory=list)


# --- answers


class Recusal(Answer):
    """source: found by comparing, challenged by somebody, or declared by the judge."""

    application_id: str
    judge_id: str
    source: RecusalSource
    ground: Ground
    reason: str
    recorded_at: datetime


class DeclaredTie(Answer):
    organisation_id: str
    ground: Ground
    note: str


class Judge(Answer):
    """assigned: number of applications to score. has_contact: contact data was compared."""

    id: str
    name: str
    organisations: list[str]
    ties: list[DeclaredTie]
    has_contact: bool
    assigned: int


class PanelEntry(Answer):
    """short: fewer judges than are needed are left for it."""

    application_id: str
    organisation_name: str
    judge_ids: list[str]
    short: bool


class Panel(Answer):
    call_id: str
    judges: list[Judge]
    applications: list[PanelEntry]
    recusals: list[Recusal]


# --- operations


@panel.command("PUT /calls/{call_id}/judges", refuses=ABOUT_ONE, body="Judges")
class NameJudges(Request[Panel]):
    """Name the judges of a call, all of them. For staff. Whoever has a conflict of interest is not given the file."""

    call_id: Id
    judges: Annotated[list[NewJudge], Items(min=1, max=50)]

    def check(self) -> None:
        if len({each.id for each in self.judges}) < len(self.judges):
            raise wrong_at("judges", _("Give each of them once."))


@panel.query("GET /calls/{call_id}/judges", refuses=(403, 404))
class GetPanel(Request[Panel]):
    """Show who judges what, and who must not, and why. For staff and auditors."""

    call_id: Id


@recusals.command("POST /applications/{application_id}/recusals", status=201, refuses=ABOUT_ONE, body="NewRecusal")
class RecuseJudge(Request[Recusal]):
    """Step aside from judging an application; staff make a judge do so. Never taken back."""

    application_id: Id
    judge_id: Annotated[Id | None, Doc("By default oneself; staff name anybody")] = None
    ground: Ground = Ground.OTHER
    reason: Annotated[str, Line(max=500)]
