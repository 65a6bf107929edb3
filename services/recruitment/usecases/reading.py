"""Who may read an application and its documents, and in which capacity."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity
from services.recruitment.domain import refusals
from services.recruitment.models import Application
from services.recruitment.queries import panel
from services.recruitment.usecases import access
from services.recruitment.usecases.assigning import ground_against


def capacity_of(session: Session, actor: Actor, application: Application | None) -> Capacity:
    """A recusal and a conflict go before everything else that the actor may be, but their own application.

    Raises NotFound, and Forbidden with the code `recused` or `conflict_of_interest`.
    """
    if application is None or actor.is_anonymous:
        raise NotFound(access.NO_APPLICATION)
    if access.is_own(actor, application):
        return Capacity.APPLICANT
    if panel.recusal(session, application.id, actor.id) is not None:
        raise refusals.recused()
    if panel.assignment(session, application.id, actor.id) is not None:
        return _as_judge(session, actor, application)
    if roles.reads_all(actor):
        return Capacity.STAFF
    raise NotFound(access.NO_APPLICATION)


def _as_judge(session: Session, actor: Actor, application: Application) -> Capacity:
    judge = panel.judge(session, application.call_id, actor.id)
    if judge is None or application.status != ApplicationStatus.SHORTLISTED:
        raise NotFound(access.NO_APPLICATION)
    if (ground := ground_against(judge, actor, application)) is not None:
        raise refusals.conflict_of_interest(ground)
    return Capacity.JUDGE
