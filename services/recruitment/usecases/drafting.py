"""Steps that starting, saving and screening an application have in common."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.contract_schemas import request_schema
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.contract import applications as contract
from services.recruitment.contract.panel import ComparedContact
from services.recruitment.contract.vocabulary import UnitKind
from services.recruitment.domain.applications import FACTS
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call, Draft
from services.recruitment.usecases.marking import marks_of

CONTENT = (*FACTS, "organisation_name", "introduction", "plan", "preferences", "consortium")


def content_of(command: contract.Content) -> dict[str, object]:
    """Return the content that a command gives, as JSON values by name. Null clears what was there."""
    given = request_schema(type(command))().dump(command)
    return {name: given[name] for name in CONTENT if name in given}


def facts_of(command: contract.ScreenApplication) -> dict[str, object]:
    """Return the facts that staff found to be other than declared, as JSON values by name.

    relocates_by may be null: the organisation does not move. Null for another fact means that staff did not find any.
    """
    if command.facts is None:
        return {}
    given = request_schema(contract.EligibilityFacts)().dump(command.facts)
    return {name: value for name, value in given.items() if value is not None or name == "relocates_by"}


def kind_of(chosen: UnitKind | None, call: Call) -> UnitKind:
    """Raises Invalid if the call offers no such units, or units of several kinds and none was chosen."""
    offered = sorted({unit.kind for unit in call.offered})
    if chosen is None and len(offered) == 1:
        return UnitKind(offered[0])
    if chosen not in offered:
        message = _("Choose a kind of unit that the call offers.")
        raise Invalid(errors={"kind": [message]}, offered=offered)
    return UnitKind(chosen)


def require_offered(preferences: object, kind: UnitKind, call: Call) -> None:
    """Raises Invalid."""
    offered = {unit.unit_id for unit in call.offered if unit.kind == kind}
    if not set(cast("list[str]", preferences)) <= offered:
        raise Invalid(errors={"preferences": [_("Choose units that the call offers.")]})


def write_down(
    session: Session, application: Application, content: dict[str, object], *, actor: Actor, now: datetime
) -> None:
    """Write the next version of the draft."""
    application.content = content
    application.organisation_name = str(content.get("organisation_name") or "")
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


def mark(application: Application, contact: ComparedContact | None, call: Call, rules: RecruitmentRules) -> None:
    if contact is not None:
        application.marks = marks_of(contact, call, rules)
