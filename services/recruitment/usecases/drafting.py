"""What starting and saving an application have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.domain.kinds import UnitKind
from services.recruitment.models import Application, Call, Draft
from services.recruitment.schemas.applications import ContactWish
from services.recruitment.usecases.marking import marks_of


def kind_of(wanted: UnitKind | None, call: Call) -> UnitKind:
    """Raises Invalid: the call offers no such units, or of several kinds and none was chosen."""
    offered = sorted({unit.kind for unit in call.offered})
    if wanted is None and len(offered) == 1:
        return UnitKind(offered[0])
    if wanted not in offered:
        message = _("Choose a kind of unit that the call offers.")
        raise Invalid(errors={"kind": [message]}, offered=offered)
    return UnitKind(wanted)


def require_offered(preferences: list[str], kind: UnitKind, call: Call) -> None:
    """Raises Invalid."""
    offered = {unit.unit_id for unit in call.offered if unit.kind == kind}
    if not set(preferences) <= offered:
        raise Invalid(errors={"preferences": [_("Choose units that the call offers.")]})


def write_down(
    session: Session, application: Application, content: dict[str, Any], *, actor: Actor, now: datetime
) -> None:
    """The next version of the draft."""
    application.content = content
    application.organisation_name = content.get("organisation_name") or ""
    application.draft += 1
    application.changed_at = now
    session.add(application)
    session.flush()  # its version refers to it
    session.add(
        Draft(
            application_id=application.id,
            number=application.draft,
            content=content,
            saved_by=actor.id,
            saved_at=now,
        )
    )


def mark(application: Application, contact: ContactWish | None, call: Call, rules: Any) -> None:
    if contact is not None:
        application.marks = marks_of(contact, call, rules)
