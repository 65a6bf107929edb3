"""The resource survey: what is there, what people say, and what the centre did about what follows from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound, Refused
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals, survey
from services.training.models.support.survey import Asset, Finding, FindingDeed, Voice
from services.training.schemas.support.survey import EnterAsset, EnterDeed, EnterVoice
from services.training.usecases.support import access
from services.training.usecases.support.rank_findings import NO_FINDING


def enter_asset(session: Session, command: EnterAsset, *, actor: Actor, now: datetime) -> Asset:
    """Raises Forbidden, Refused: without consent where it is needed, or known already."""
    access.require_listener(actor)
    found = list(survey.consent(command.kind, command.agreement))
    if _is_known(session, command):
        found.append(refusals.duplicate(command.name))
    if found:
        raise Refused(found)
    asset = Asset(id=ids.new_id(), **vars(command), entered_by=actor.id, entered_at=now)
    session.add(asset)
    return asset


def enter_voice(session: Session, command: EnterVoice, *, actor: Actor, rules: TrainingRules, now: datetime) -> Voice:
    """What somebody said, without their name. Raises Forbidden."""
    access.require_listener(actor)
    heard_on = command.heard_on or now.astimezone(rules.centre.zone).date()
    voice = Voice(id=ids.new_id(), **{**vars(command), "heard_on": heard_on}, entered_by=actor.id)
    session.add(voice)
    return voice


def enter_deed(session: Session, command: EnterDeed, *, actor: Actor, rules: TrainingRules, now: datetime) -> Finding:
    """What the centre did about a finding. Raises Forbidden, NotFound."""
    roles.require_staff(actor)
    finding = session.get(Finding, command.finding_id)
    if finding is None:
        raise NotFound(NO_FINDING)
    done_on = command.done_on or now.astimezone(rules.centre.zone).date()
    session.add(FindingDeed(id=ids.new_id(), **{**vars(command), "done_on": done_on}))
    session.flush()
    return finding


def _is_known(session: Session, command: EnterAsset) -> bool:
    same = select(Asset.id).where(Asset.kind == command.kind, Asset.name == command.name, Asset.area == command.area)
    return session.scalars(same).first() is not None
