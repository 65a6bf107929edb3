"""A tenant has a monthly allowance from the start of the tenancy to its end."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.booking.models import TenantAllowance
from services.booking.schemas.heard import EndedTenancy, StartedTenancy
from services.chassis.errors import OutOfOrder


def grant_allowance(session: Session, tenancy: StartedTenancy) -> None:
    session.merge(
        TenantAllowance(
            tenancy_id=tenancy.tenancy_id,
            organisation_id=tenancy.organisation_id,
            from_day=tenancy.starts_on,
            until_day=None,
        )
    )


def end_allowance(session: Session, tenancy: EndedTenancy) -> None:
    """Raises OutOfOrder: the start has not been heard of yet."""
    allowance = session.get(TenantAllowance, tenancy.tenancy_id, with_for_update=True)
    if allowance is None:
        raise OutOfOrder(f"tenancy {tenancy.tenancy_id} has not started")
    allowance.until_day = tenancy.ended_on
