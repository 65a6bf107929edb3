"""Calls, one by one and in lists, and their answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.recruitment.contract import calls as contract
from services.recruitment.contract.vocabulary import CallStatus
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import Correction, OfferedUnit
from services.recruitment.queries.paging import newest_first


def call(session: Session, call_id: str) -> PublicCall | None:
    return session.get(PublicCall, call_id)


def list_calls(call: Call[RecruitmentRules], request: contract.ListCalls) -> contract.CallPage:
    """Newest first. Staff and auditors see drafts, too."""
    chosen = select(PublicCall)
    if not roles.reads_all(call.actor):
        chosen = chosen.where(PublicCall.status == CallStatus.PUBLISHED)
    rows, next_cursor = newest_first(call.session, chosen, PublicCall.id, request)
    zone = call.profile.centre.zone
    lines = [contract.CallLine.of(each, zone, units=_units(each)) for each in rows]
    return contract.CallPage(items=lines, next_cursor=next_cursor)


def call_answer(call: Call[RecruitmentRules], row: PublicCall) -> contract.Call:
    rules, locale, zone = call.profile, call.context.locale, call.profile.centre.zone
    chosen = select(Correction).where(Correction.call_id == row.id).order_by(Correction.number)
    return contract.Call.of(
        row,
        zone,
        units=_units(row),
        offered=[_offered(each, rules, locale) for each in row.offered],
        documents=[
            contract.DocumentKind(
                id=each.id, name=_name(each.names, locale), names=dict(each.names), required=each.id in row.documents
            )
            for each in rules.selection.documents.values()
        ],
        criteria=[
            contract.Criterion.of(each, zone, name=_name(each.names, locale), points=f"{each.points.normalize():f}")
            for each in row.criteria
        ],
        interviews_blocked=row.interviews_blocked_by is not None,
        corrections=[contract.Correction.of(each, zone) for each in call.session.scalars(chosen)],
    )


def _units(row: PublicCall) -> dict[str, int]:
    return dict(Counter(unit.kind for unit in row.offered))


def _offered(row: OfferedUnit, rules: RecruitmentRules, locale: str) -> contract.OfferedUnit:
    unit = rules.unit(row.unit_id)
    return contract.OfferedUnit.of(
        unit,
        rules.centre.zone,
        kind=row.kind,
        name=_name(unit.names, locale),
        names=dict(unit.names),
        area_m2=str(unit.area),
    )


def _name(names: Mapping[str, str], locale: str) -> str:
    return names.get(locale, names["en"])
