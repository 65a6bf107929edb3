"""Who may do what in recruitment. What somebody may not know of is not there for them."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import CallStatus
from services.recruitment.models import Application, Call

CENTRE = Actor("madang:recruitment", "Madang")
"""Who acts where a clock or an event does."""

NO_CALL = _("There is no such call.")
NO_APPLICATION = _("There is no such application.")
NO_JUDGE = _("The call has no such judge.")


def sees_call(actor: Actor, call: Call) -> bool:
    return call.status == CallStatus.PUBLISHED or roles.reads_all(actor)


def require_visible(actor: Actor, call: Call | None) -> Call:
    """A call that is published, or any for staff. Raises NotFound."""
    if call is None or not sees_call(actor, call):
        raise NotFound(NO_CALL)
    return call


def is_own(actor: Actor, application: Application) -> bool:
    """Of the members of the organisation that applies, and of who started it for them."""
    if actor.is_anonymous:
        return False
    return application.applicant_id == actor.id or application.organisation_id in actor.orgs


def require_own(actor: Actor, application: Application | None) -> Application:
    """Raises NotFound."""
    if application is None or not is_own(actor, application):
        raise NotFound(NO_APPLICATION)
    return application


def require_member(actor: Actor, organisation_id: str) -> None:
    if organisation_id not in actor.orgs:
        raise Forbidden(_("You can only apply for an organisation that you belong to."))
