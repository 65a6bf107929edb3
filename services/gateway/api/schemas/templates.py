"""Templates: the words in which people are told."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, Matching, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming
from services.gateway.api.schemas.preferences import CHANNELS

LOCALES = ("ko", "en")
APPROVALS = ("REG", "REQ", "APR", "REJ")
NAME = r"^[a-z][a-z0-9_]{0,39}$"
MOST_NAMES = 30
LONGEST_SOURCE = 20_000
LONGEST_WORD = 2000
VERSION = "`version` of the template as it was read, 0 for Madang's own: 409 `stale_version` if somebody was faster"
SOURCE = "Jinja2 with texts, names and `if` alone; its first line is the subject"
VARIABLES = "The names that it may use, for a key that no event of Madang brings words for"


class Name(Matching):
    def __init__(self, **options: Any) -> None:
        super().__init__(NAME, _("Give names like opens_at."), least=1, most=40, **options)


class Words(fields.Dict):
    """Texts by the name that stands for them in a template."""

    def __init__(self, **options: Any) -> None:
        metadata = {"maxProperties": MOST_NAMES, **options.pop("metadata", {})}
        super().__init__(keys=Name(), values=Prose(most=LONGEST_WORD, least=0), metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        found: dict[str, str] = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        if len(found) > MOST_NAMES:
            raise ValidationError(_("These are too many."))
        return found


class NewTemplate(Incoming):
    source = Prose(most=LONGEST_SOURCE, required=True, metadata={"description": SOURCE})
    variables = Several(Name(), most=MOST_NAMES, metadata={"description": VARIABLES})
    version = Count(least=0, metadata={"description": VERSION})


class TemplateTrial(Incoming):
    """Without a source the template that is there is shown."""

    source = Prose(most=LONGEST_SOURCE, metadata={"description": SOURCE})
    variables = Several(Name(), most=MOST_NAMES, metadata={"description": VARIABLES})
    words = Words(metadata={"description": "In the place of the samples"})


class MovedApproval(Incoming):
    approval = Choice(APPROVALS, required=True, metadata={"examples": ["REQ"]})
    note = Text(most=500)


class OfferedName(Answer):
    name = fields.String(required=True)
    sample = fields.String(required=True)


class ListedTemplate(Answer):
    """`version`: 0 for Madang's own. `approval`: of KakaoTalk's notices alone."""

    key = fields.String(required=True)
    channel = fields.String(required=True, metadata={"enum": list(CHANNELS)})
    locale = fields.String(required=True, metadata={"enum": list(LOCALES)})
    version = fields.Integer(required=True)
    approval = fields.String(required=True, allow_none=True, metadata={"enum": [*APPROVALS, None]})
    written_at = fields.AwareDateTime(required=True, allow_none=True)


class Template(ListedTemplate):
    """`source`: empty where the channel has no words of its own, and says what the mail says. `limit`: bytes of EUC-KR,
    for alimtalk characters, that the text may have.
    """

    source = fields.String(required=True)
    offers = fields.List(fields.Nested(OfferedName), required=True, metadata={"description": "What it may name"})
    limit = fields.Integer(required=True, allow_none=True)
    approval_note = fields.String(required=True, allow_none=True)
    written_by = fields.String(required=True, allow_none=True)


class TemplateList(Answer):
    items = fields.List(fields.Nested(ListedTemplate), required=True)


class TemplatePreview(Answer):
    subject = fields.String(required=True)
    body = fields.String(required=True)
    size = fields.Integer(required=True)
    limit = fields.Integer(required=True, allow_none=True)


class NotifyDecision(Answer):
    """`subject_id`: of the broadcast, or `key.channel.locale` of the template."""

    subject_id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class NotifyDecisionPage(Answer):
    items = fields.List(fields.Nested(NotifyDecision), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
