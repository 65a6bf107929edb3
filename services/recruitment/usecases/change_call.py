"""Draw up a draft anew. A published call is changed by corrections alone."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import StaleVersion
from services.recruitment.contract import calls as contract
from services.recruitment.domain.calls import DATES, Calendar
from services.recruitment.domain.lifecycle import Action, require_draft
from services.recruitment.domain.points import written
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries.calls import call_answer
from services.recruitment.usecases import audit
from services.recruitment.usecases.create_call import criteria, documents, eligibility, offered_units
from services.recruitment.usecases.locking import lock_call


def change_call(call: Call[RecruitmentRules], command: contract.ChangeCall) -> contract.Call:
    """Documents, criteria and eligibility that the command leaves out stay as they are. All else is replaced.

    Raises Forbidden, NotFound, IllegalTransition once it is published, StaleVersion if a colleague has saved in the
    meantime, Invalid as create_call.
    """
    roles.require_staff(call.actor)
    row = lock_call(call.session, command.call_id)
    require_draft(row.status, Action.CHANGE)
    if command.version is not None and command.version != row.version:
        raise StaleVersion
    calendar = Calendar.of(command)
    calendar.require_order(call.profile.centre.zone)

    before = _content(row)
    for name, value in {"title": command.title, "summary": command.summary, **vars(calendar)}.items():
        setattr(row, name, value)
    known = {each.unit_id: each for each in row.offered}
    row.offered = [known.get(each.unit_id, each) for each in offered_units(command.unit_ids, call.profile)]
    if command.documents is not None:
        row.documents = documents(command, call.profile)
    if command.eligibility is not None:
        row.eligibility = eligibility(command, call.profile)
    if command.criteria is not None:
        row.criteria = []
        call.session.flush()  # deletes those with the same ids first
        row.criteria = criteria(command, call.profile)
    row.version += 1
    after = _content(row)
    changed = [name for name in after if after[name] != before[name]]
    audit.record(
        call.session,
        Action.CHANGE,
        subject_id=row.id,
        call_id=row.id,
        before=audit.as_json({name: before[name] for name in changed}),
        after=audit.as_json({name: after[name] for name in changed}),
        actor=call.actor,
        now=call.now,
    )
    return call_answer(call, row)


def _content(row: PublicCall) -> dict[str, object]:
    """Return what staff write, by the names of the command."""
    names = ("title", "summary", *DATES, "documents", "eligibility")
    return {
        **{name: getattr(row, name) for name in names},
        "unit_ids": [each.unit_id for each in row.offered],
        "criteria": [
            {"id": each.id, "names": each.names, "points": written(each.points), "optional": each.optional}
            for each in row.criteria
        ],
    }
