"""Units of the centre, and who has them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.entrypoints import Call
from services.recruitment.contract import tenancies as contract
from services.recruitment.contract.vocabulary import TenancyStatus, UnitStatus
from services.recruitment.domain.offers import OPEN
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import LIVE
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import Offer, OfferedUnit, Recall, Tenancy, Unit

STATUS = {
    TenancyStatus.UNSIGNED: UnitStatus.OFFERED,
    TenancyStatus.SIGNED: UnitStatus.LET,
    TenancyStatus.ACTIVE: UnitStatus.OCCUPIED,
    TenancyStatus.ENDING: UnitStatus.ENDING,
    TenancyStatus.ENDED: UnitStatus.TO_HAND_BACK,
}
"""Status of a unit by the status of its tenancy."""


def list_units(call: Call[RecruitmentRules], _: contract.ListUnits) -> contract.UnitList:
    """Return the units in the order of the profile, in four queries.

    Names of tenants are public. Who is offered a unit, and which calls left it over, is for staff and auditors.
    """
    session = call.session
    existing = set(session.scalars(select(Unit.id)))
    tenancies = {each.unit_id: each for each in session.scalars(select(Tenancy).where(Tenancy.status.in_(LIVE)))}
    offered = set(session.scalars(select(Offer.unit_id).where(Offer.status.in_(OPEN))))
    recalls = _recalls(session)
    return contract.UnitList(
        items=[
            _unit(call, unit_id, tenancies.get(unit_id), unit_id in offered, recalls.get(unit_id, ()))
            for unit_id in call.profile.units
            if unit_id in existing
        ]
    )


def unit_name(call: Call[RecruitmentRules], unit_id: str) -> str:
    """Return the name of a unit in the caller's language, else in English. Raises NotFound."""
    names = call.profile.unit(unit_id).names
    return names.get(call.context.locale, names["en"])


def _recalls(session: Session) -> dict[str, list[str]]:
    """Return ids of calls that left a unit over, by unit."""
    recalls: dict[str, list[str]] = {}
    for recall in session.scalars(_open_recalls().order_by(Recall.proposed_at)):
        recalls.setdefault(recall.unit_id, []).append(recall.call_id)
    return recalls


def _open_recalls() -> Select[Recall]:
    """Recalls of units that no call has offered since."""
    later = (
        select(PublicCall.id)
        .join(OfferedUnit, OfferedUnit.call_id == PublicCall.id)
        .where(OfferedUnit.unit_id == Recall.unit_id, PublicCall.published_at >= Recall.proposed_at)
    )
    return select(Recall).where(~later.exists())


def _unit(
    call: Call[RecruitmentRules], unit_id: str, tenancy: Tenancy | None, is_offered: bool, recalls: Sequence[str]
) -> contract.Unit:
    unit = call.profile.unit(unit_id)
    reads_all = roles.reads_all(call.actor)
    if tenancy is not None:
        status = STATUS[TenancyStatus(tenancy.status)]
    else:
        status = UnitStatus.OFFERED if is_offered else UnitStatus.VACANT
    is_shown = tenancy is not None and (reads_all or tenancy.status != TenancyStatus.UNSIGNED)
    return contract.Unit(
        id=unit.id,
        kind=unit.kind,
        name=unit_name(call, unit.id),
        names=dict(unit.names),
        area_m2=str(unit.area),
        appraised_value=unit.appraised_value,
        status=status,
        occupant=_occupant(call, tenancy) if tenancy is not None and is_shown else None,
        recalls=list(recalls) if reads_all and status is UnitStatus.VACANT else [],
    )


def _occupant(call: Call[RecruitmentRules], tenancy: Tenancy) -> contract.Occupant:
    return contract.Occupant.of(tenancy, call.profile.centre.zone, tenancy_id=tenancy.id)
