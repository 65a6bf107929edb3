"""What staff write to many at once, and to whom."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.messages import STATUSES
from services.gateway.api.schemas.preferences import CHANNELS as CARRIERS
from services.gateway.api.schemas.templates import LOCALES

KINDS = ("everyone", "staff", "tenants", "activists", "network", "course", "field")
KEYED = ("course", "field")
CATEGORIES = ("service", "advertising")
CHANNELS = ("inbox", "email", "sms", "alimtalk")
STATES = ("draft", "scheduled", "sending", "sent", "cancelled")
VERSION = "`version` of the broadcast as it was read: 409 `stale_version` if it has changed since"
COUNTED = "By status: " + " ".join(STATUSES)


class Audience(Incoming):
    """`key`: the course's id, or `social_economy`, `village_community`; nothing for the others."""

    kind = Choice(KINDS, required=True)
    key = Text(most=100)

    @validates_schema
    def has_its_key(self, data: dict[str, str], **_options: object) -> None:
        if (data.get("kind") in KEYED) != ("key" in data):
            raise ValidationError(_("A course or a field has a key, the others have none."), "key")


class WrittenText(Incoming):
    subject = Text(most=200, required=True)
    body = Prose(most=5000, required=True)


EXAMPLE = {"subject": "봄맞이 대청소", "body": "토요일 10시에 마당에서 만납니다."}


class Texts(Incoming):
    """At least one. Who reads neither language gets the other."""

    ko = fields.Nested(WrittenText, metadata={"examples": [EXAMPLE]})
    en = fields.Nested(WrittenText)

    @validates_schema
    def has_one(self, data: dict[str, object], **_options: object) -> None:
        if not data:
            raise ValidationError(_("Write it in one language at least."), "ko")


class BroadcastContent(Incoming):
    """`service`: a public notice. `advertising`: gets “(광고)”, the sender, a contact and an opt-out, and goes to who
    has consented.
    """

    category = Choice(CATEGORIES, required=True)
    channels = Several(Choice(CHANNELS), least=1, most=len(CHANNELS), required=True)
    texts = fields.Nested(Texts, required=True)


class NewBroadcast(BroadcastContent):
    audience = fields.Nested(Audience, required=True)


class ChangedBroadcast(NewBroadcast):
    version = Count(least=1, metadata={"description": VERSION})


class Sending(Incoming):
    send_at = Moment(metadata={"description": "Not before then; without it, at once"})
    version = Count(least=1, metadata={"description": VERSION})


class FindBroadcasts(Page):
    state = Choice(STATES)


class CountedAudience(Answer):
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    key = fields.String(required=True)
    people = fields.Integer(required=True)


class AudienceList(Answer):
    items = fields.List(fields.Nested(CountedAudience), required=True)


class Group(Answer):
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    key = fields.String(required=True)


class Written(Answer):
    subject = fields.String(required=True)
    body = fields.String(required=True)


class ListedBroadcast(Answer):
    """`people`: whom it has reached so far."""

    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    category = fields.String(required=True, metadata={"enum": list(CATEGORIES)})
    audience = fields.Nested(Group, required=True)
    channels = fields.List(fields.String(metadata={"enum": list(CHANNELS)}), required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.Nested(Written), required=True)
    send_at = fields.AwareDateTime(required=True, allow_none=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    people = fields.Integer(required=True)
    written_by = fields.String(required=True)
    written_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class BroadcastProgress(Answer):
    messages = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    channels = fields.Dict(required=True, metadata={"description": "The same by channel"})
    skipped = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "By reason"}
    )


class Broadcast(ListedBroadcast):
    progress = fields.Nested(BroadcastProgress, required=True, metadata={"description": COUNTED})


class BroadcastPage(Answer):
    items = fields.List(fields.Nested(ListedBroadcast), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class PublicNotice(Answer):
    """`locale`: the caller's language, or the other where it is not written in that."""

    id = fields.String(required=True)
    locale = fields.String(required=True, metadata={"enum": list(LOCALES)})
    subject = fields.String(required=True)
    body = fields.String(required=True)
    sent_at = fields.AwareDateTime(required=True)


class NoticePage(Answer):
    items = fields.List(fields.Nested(PublicNotice), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ChannelCount(Answer):
    """`waits`: for the end of somebody's quiet hours, or of the night. `skipped`: by reason."""

    channel = fields.String(required=True, metadata={"enum": list(CHANNELS)})
    goes = fields.Integer(required=True)
    waits = fields.Integer(required=True)
    skipped = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class Recipients(Answer):
    """Of the audience at this moment. `reached`: who gets it over at least one channel."""

    people = fields.Integer(required=True)
    reached = fields.Integer(required=True)
    languages = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    channels = fields.List(fields.Nested(ChannelCount), required=True)


class Sample(Answer):
    """`channel`: over which it really goes, such as `lms` for a long text. `size`: bytes of EUC-KR."""

    channel = fields.String(required=True, metadata={"enum": list(CARRIERS)})
    locale = fields.String(required=True, metadata={"enum": list(LOCALES)})
    subject = fields.String(required=True)
    body = fields.String(required=True)
    size = fields.Integer(required=True, allow_none=True)


class SampleList(Answer):
    items = fields.List(fields.Nested(Sample), required=True)


class Tested(Answer):
    messages = fields.Integer(required=True)
