"""The community grant programme (마을공동체 공모사업), its activists and their visits.

Source: DOMAIN, Grant programme support.
"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Annotated

from services.centre.vocabulary import Field
from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request, Value
from services.chassis.fields import Id, Line, Paragraphs, Several, Whole
from services.training.contract.vocabulary import Stage, VisitStatus

programmes = Part("training", "programmes", "The community grant programme and its activists")

ABOUT_ONE = (403, 404, 409)
MOST_ACTIVISTS = 500
MOST_PEOPLE = 100_000
LONGEST_VISIT = 24 * 60
"""Minutes."""

Title = Annotated[str, Line(max=200)]
Area = Annotated[str, Line(max=100, min=0)]
FieldOfWork = Annotated[Field, Doc("The field of the centre's work that it belongs to")]


# --- answers


class Programme(Answer):
    """ceiling: won that a community gets at most. granted: won. unassigned: communities without an activist."""

    id: str
    title: str
    year: int
    stage: Stage
    field: Field
    ceiling: int
    opened_at: datetime
    communities: int
    granted: int
    unassigned: int


class Community(Answer):
    id: str
    name: str
    area: str
    field: Field
    members: int | None
    representative_id: str | None
    founded_on: date | None


class Support(Answer):
    """A community in a programme."""

    id: str
    programme_id: str
    community: Community
    amount: int
    grant_id: str | None
    activist_id: str | None
    assigned_at: datetime | None


class ActivistLoad(Answer):
    """load: communities of this programme. elsewhere: of others."""

    activist_id: str
    name: str
    load: int
    elsewhere: int
    community_ids: list[str]


class Spread(Answer):
    """moved: communities that had another activist before."""

    programme_id: str
    communities: int
    moved: int
    items: list[ActivistLoad]


class Activist(Answer):
    """load: communities that they accompany. certificate: the number of the one that brought them in."""

    id: str
    name: str
    field: Field
    area: str
    certificate: str | None
    active: bool
    since: datetime
    load: int


class Visit(Answer):
    """overdue: its report was not there in time, and is not yet. reminded_at: when the activist was reminded."""

    id: str
    programme_id: str
    community: Community
    activist_id: str
    purpose: str
    visit_at: datetime
    status: VisitStatus
    overdue: bool
    reminded_at: datetime | None
    report: str | None
    attendees: int | None
    minutes: int | None
    reported_at: datetime | None
    version: int


# --- operations


@programmes.command("POST /programmes", status=201, refuses=(403,), body="NewProgramme")
class OpenProgramme(Request[Programme]):
    """Open a year's grants of one stage. Its ceiling is the centre's for the stage. For staff."""

    title: Title
    year: Annotated[int, Whole(2000, 2199)]
    stage: Stage
    field: FieldOfWork = Field.VILLAGE_COMMUNITY


@programmes.query("GET /programmes")
class ListProgrammes(ListRequest[Page[Programme]]):
    """List the programmes, the newest first."""


class NewCommunity(Value):
    name: Title
    area: Area = ""
    field: FieldOfWork = Field.VILLAGE_COMMUNITY
    members: Annotated[int | None, Whole(1, MOST_PEOPLE)] = None
    representative_id: Annotated[Id | None, Doc("The person who speaks for it")] = None
    founded_on: date | None = None


@programmes.command(
    "POST /programmes/{programme_id}/communities", status=201, refuses=ABOUT_ONE, body="SupportedCommunity"
)
class AddCommunity(Request[Support]):
    """Take a community into the programme with its grant. For staff."""

    programme_id: Id
    amount: Annotated[int, Whole(1, 10**12), Doc("The grant, in won")]
    community_id: Id | None = None
    community: NewCommunity | None = None


@programmes.query("GET /programmes/{programme_id}/communities", refuses=(404,))
class ListSupportedCommunities(ListRequest[Page[Support]]):
    """List the communities of a programme. Staff and auditors see all of them, activists their own."""

    programme_id: Id
    activist_id: Id | None = None


@programmes.command("POST /programmes/{programme_id}/assignments", refuses=ABOUT_ONE, body="Spreading")
class SpreadCommunities(Request[Spread]):
    """Spread the programme's communities over the activists by load. For staff.

    Again after somebody has left or come: no more of them change hands than must.
    """

    programme_id: Id
    activist_ids: Annotated[
        list[Id],
        Several(max=MOST_ACTIVISTS),
        Doc("Over these; without them over all who are active in the programme's field"),
    ] = dataclasses.field(default_factory=list)


@programmes.query()
class PreviewSpread(Request[Spread]):
    """Show what `SpreadCommunities` would do now, and change nothing. For staff."""

    programme_id: Id
    activist_ids: Annotated[list[Id], Several(max=MOST_ACTIVISTS)] = dataclasses.field(default_factory=list)


@programmes.query("GET /communities")
class ListCommunities(ListRequest[Page[Community]]):
    """List communities. Staff and auditors see all of them, others those that they accompany or speak for."""


@programmes.query("GET /activists")
class ListActivists(ListRequest[Page[Activist]]):
    """Read the register of activists. Staff and auditors see all of them, activists themselves."""


@programmes.command("PUT /activists/{activist_id:id}", refuses=(403,))
class PutActivist(Request[Activist]):
    """Enter or change an activist. Certificates of the activist track do so by themselves. For staff."""

    id: Id
    name: Title
    field: FieldOfWork = Field.VILLAGE_COMMUNITY
    area: Area = ""
    active: Annotated[bool, Doc("Who is not leaves their communities")] = True


@programmes.command("POST /visits", status=201, refuses=ABOUT_ONE, body="NewVisit")
class PlanVisit(Request[Visit]):
    """Plan a visit. For staff, and for activists to their own communities."""

    community_id: Id
    programme_id: Annotated[Id | None, Doc("By default the newest that the community is in")] = None
    visit_at: Annotated[datetime, Doc(more={"examples": ["2020-03-20T14:00:00+09:00"]})]
    purpose: Annotated[str, Line(max=200, min=0)] = ""
    activist_id: Annotated[Id | None, Doc("By default the one who accompanies the community")] = None


@programmes.query("GET /visits")
class ListVisits(ListRequest[Page[Visit]]):
    """List visits, the newest first. Staff and auditors see all of them, activists their own."""

    status: VisitStatus | None = None
    community_id: Id | None = None
    activist_id: Id | None = None
    overdue: Annotated[bool | None, Doc("Only those whose report is late, or only the others")] = None


@programmes.query()
class GetVisit(Request[Visit]):
    """Show a visit. For the activist, staff and auditors."""

    visit_id: Id


@programmes.command("POST /visits/{visit_id}/report", refuses=ABOUT_ONE, body="VisitReport")
class ReportVisit(Request[Visit]):
    """Report a visit. Without a report within a week its activist is reminded. For the activist and staff."""

    visit_id: Id
    report: Annotated[str, Paragraphs(max=20_000)]
    attendees: Annotated[int, Whole(0, MOST_PEOPLE)] = 0
    minutes: Annotated[int, Whole(0, LONGEST_VISIT)] = 0


@programmes.command("POST /visits/{visit_id}/cancel", refuses=ABOUT_ONE)
class CancelVisit(Request[Visit]):
    """Call a visit off. For the activist and staff."""

    visit_id: Id
