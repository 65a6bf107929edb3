"""The grant programme: communities, activists and visits."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Day, Moment
from services.gateway.api.fields import Choice, Count, Flag, Id, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.bookings import FIELDS
from services.gateway.api.schemas.consulting import FIELD, MOST_MINUTES, MOST_WON

STAGES = ("forming", "activity", "autonomy")
VISIT_STATUSES = ("planned", "reported", "cancelled")
MOST_PEOPLE = 100_000
MOST_ACTIVISTS = 500


class NewProgramme(Incoming):
    title = Text(most=200, required=True)
    year = Count(least=2000, most=2199, required=True)
    stage = Choice(STAGES, required=True)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "village_community"})


class NewCommunity(Incoming):
    name = Text(most=200, required=True)
    area = Text(most=100, least=0)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "village_community"})
    members = Count(least=1, most=MOST_PEOPLE, allow_none=True)
    representative_id = Id(allow_none=True, metadata={"description": "The person who speaks for it"})
    founded_on = Day(allow_none=True)


class SupportedCommunity(Incoming):
    """Name a community that is known by its id, or one by its name and area, known or new."""

    amount = Count(least=1, most=MOST_WON, required=True, metadata={"description": "The grant, in won"})
    community_id = Id(allow_none=True)
    community = fields.Nested(NewCommunity, allow_none=True)


class Spreading(Incoming):
    activist_ids = Several(
        Id(),
        most=MOST_ACTIVISTS,
        metadata={"description": "Over these; without them over all who are active in the programme's field"},
    )


class FindSupported(Page):
    activist_id = Id()


class PutActivist(Incoming):
    name = Text(most=200, required=True)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "village_community"})
    area = Text(most=100, least=0)
    active = Flag(metadata={"description": "Who is not leaves their communities", "default": True})


class NewVisit(Incoming):
    community_id = Id(required=True)
    programme_id = Id(allow_none=True, metadata={"description": "By default the newest that the community is in"})
    visit_at = Moment(required=True, metadata={"examples": ["2020-03-20T14:00:00+09:00"]})
    purpose = Text(most=200, least=0)
    activist_id = Id(allow_none=True, metadata={"description": "By default the one who accompanies the community"})


class VisitReport(Incoming):
    report = Prose(most=20_000, required=True)
    attendees = Count(least=0, most=MOST_PEOPLE)
    minutes = Count(least=0, most=MOST_MINUTES)


class FindVisits(Page):
    status = Choice(VISIT_STATUSES)
    community_id = Id()
    activist_id = Id()
    overdue = Flag(metadata={"description": "Only those whose report is late, or only the others"})


class Programme(Answer):
    """ceiling: won that a community gets at most. granted: won. unassigned: communities without an activist."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    year = fields.Integer(required=True)
    stage = fields.String(required=True, metadata={"enum": list(STAGES)})
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    ceiling = fields.Integer(required=True)
    opened_at = fields.AwareDateTime(required=True)
    communities = fields.Integer(required=True)
    granted = fields.Integer(required=True)
    unassigned = fields.Integer(required=True)


class ProgrammePage(Answer):
    items = fields.List(fields.Nested(Programme), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Community(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    area = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    members = fields.Integer(required=True, allow_none=True)
    representative_id = fields.String(required=True, allow_none=True)
    founded_on = fields.Date(required=True, allow_none=True)


class CommunityPage(Answer):
    items = fields.List(fields.Nested(Community), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Support(Answer):
    """A community in a programme."""

    id = fields.String(required=True)
    programme_id = fields.String(required=True)
    community = fields.Nested(Community, required=True)
    amount = fields.Integer(required=True)
    grant_id = fields.String(required=True, allow_none=True)
    activist_id = fields.String(required=True, allow_none=True)
    assigned_at = fields.AwareDateTime(required=True, allow_none=True)


class SupportPage(Answer):
    items = fields.List(fields.Nested(Support), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ActivistLoad(Answer):
    """load: communities of this programme. elsewhere: of others."""

    activist_id = fields.String(required=True)
    name = fields.String(required=True)
    own_load = fields.Integer(required=True, data_key="load")
    elsewhere = fields.Integer(required=True)
    community_ids = fields.List(fields.String(), required=True)


class Spread(Answer):
    """moved: communities that had another activist before."""

    programme_id = fields.String(required=True)
    communities = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    items = fields.List(fields.Nested(ActivistLoad), required=True)


class Activist(Answer):
    """load: communities that they accompany. certificate: the number of the one that brought them in."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    area = fields.String(required=True)
    certificate = fields.String(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    since = fields.AwareDateTime(required=True)
    own_load = fields.Integer(required=True, data_key="load")


class ActivistPage(Answer):
    items = fields.List(fields.Nested(Activist), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Visit(Answer):
    """overdue: its report was not there in time, and is not yet. reminded_at: when the activist was reminded."""

    id = fields.String(required=True)
    programme_id = fields.String(required=True)
    community = fields.Nested(Community, required=True)
    activist_id = fields.String(required=True)
    purpose = fields.String(required=True)
    visit_at = fields.AwareDateTime(required=True)
    status = fields.String(required=True, metadata={"enum": list(VISIT_STATUSES)})
    overdue = fields.Boolean(required=True)
    reminded_at = fields.AwareDateTime(required=True, allow_none=True)
    report = fields.String(required=True, allow_none=True)
    attendees = fields.Integer(required=True, allow_none=True)
    minutes = fields.Integer(required=True, allow_none=True)
    reported_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class VisitPage(Answer):
    items = fields.List(fields.Nested(Visit), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
