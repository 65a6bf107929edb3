"""The locks of the selection, in this order: calls, then applications by id. So no two commands wait for each other.
(SQLite has one writer anyway.)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.errors import NotFound
from services.recruitment.models import Application, Call
from services.recruitment.usecases.access import NO_APPLICATION, NO_CALL

_FRESH = {"populate_existing": True}


def lock_call(session: Session, call_id: str) -> Call:
    """Raises NotFound."""
    wanted = select(Call).where(Call.id == call_id).with_for_update(of=Call).execution_options(**_FRESH)
    call = session.scalar(wanted)
    if call is None:
        raise NotFound(NO_CALL)
    return call


def lock_application(session: Session, application_id: str) -> Application:
    """Raises NotFound."""
    wanted = select(Application).where(Application.id == application_id).with_for_update()
    application = session.scalar(wanted.execution_options(**_FRESH))
    if application is None:
        raise NotFound(NO_APPLICATION)
    return application


def lock_applications(session: Session, call_id: str, statuses: Collection[str] = ()) -> Sequence[Application]:
    """Those of a call, by id; with statuses, those in them."""
    wanted = select(Application).where(Application.call_id == call_id).order_by(Application.id).with_for_update()
    if statuses:
        wanted = wanted.where(Application.status.in_(statuses))
    return session.scalars(wanted.execution_options(**_FRESH)).all()


def lock_with_call(session: Session, application_id: str) -> tuple[Call, Application]:
    """Both, the call first. Raises NotFound."""
    call_id = session.scalar(select(Application.call_id).where(Application.id == application_id))
    if call_id is None:
        raise NotFound(NO_APPLICATION)
    return lock_call(session, call_id), lock_application(session, application_id)
