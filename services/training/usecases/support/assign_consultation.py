"""Give a consultation its consultant, by topic and load or by the staff's choice. The reason is kept."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import NotFound, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.training.contract import consulting as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.domain.support.consulting import Action, Consultant, Match, after, chosen_by_staff, match
from services.training.events import support as events
from services.training.models.support.consulting import Consultant as ConsultantRow
from services.training.models.support.consulting import Consultation
from services.training.queries.support import consulting
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock, lock_all

NO_CONSULTANT = _("There is no such consultant.")


def assign_consultation(call: Call[TrainingRules], command: contract.AssignConsultation) -> contract.Consultation:
    """It may be assigned again while it is worked on. Raises Forbidden, NotFound, Refused and IllegalTransition, also
    without a diagnosis.
    """
    roles.require_staff(call.actor)
    consultation = lock(call.session, Consultation, command.consultation_id, access.NO_CONSULTATION)
    if command.diagnosis is not None:
        diagnosed = after(consultation.status, Action.DIAGNOSE)
        consultation.diagnosed(diagnosed, command.diagnosis, None, by=call.actor.id)
    status = after(consultation.status, Action.ASSIGN)

    everybody = lock_all(call.session, ConsultantRow)  # two assignments at once must not see the same load
    consultants = _at_hand(call.session, everybody, apart_from=consultation.id)
    chosen = _match(consultation.topic, command.consultant_id, consultants)
    consultation.assigned(status, chosen, by=call.actor.id, at=call.now)
    fact = events.of_consultation(events.CONSULTATION_ASSIGNED, consultation, call.profile.centre.zone)
    emit(call.session, fact, now=call.now)
    return consulting.consultation_answer(call, consultation)


def suggest_consultant(call: Call[TrainingRules], request: contract.SuggestConsultant) -> contract.Suggestion:
    """Raises Forbidden, NotFound."""
    roles.require_reader(call.actor)
    consultation = access.require_consultation(call.session, request.consultation_id)
    everybody = call.session.scalars(select(ConsultantRow)).all()
    best = match(consultation.topic, _at_hand(call.session, everybody, apart_from=consultation.id))
    if best is None:
        return contract.Suggestion(consultant_id=None, name=None, reason=None)
    return contract.Suggestion(consultant_id=best.consultant.id, name=best.consultant.name, reason=dict(best.reason))


def _at_hand(session: Session, everybody: Sequence[ConsultantRow], apart_from: str) -> list[Consultant]:
    rows = [row for row in everybody if row.active]
    loads = consulting.loads_of_consultants(session, apart_from=apart_from)
    return [Consultant(row.id, row.name, frozenset(row.topics), loads.get(row.id, 0), row.most) for row in rows]


def _match(topic: str, chosen_id: str | None, consultants: Sequence[Consultant]) -> Match:
    if chosen_id is None:
        found = match(topic, consultants)
        if found is None:
            raise Refused([refusals.no_consultant(topic)])
        return found
    chosen = next((each for each in consultants if each.id == chosen_id), None)
    if chosen is None:
        raise NotFound(NO_CONSULTANT)
    if topic not in chosen.topics:
        raise Refused([refusals.wrong_topic(topic)])
    return chosen_by_staff(topic, chosen, consultants)
