"""Who may do what in the support work. What somebody may not know of is not there for them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _
from services.training.models.support.consulting import Consultation
from services.training.models.support.programmes import Visit

NO_CONSULTATION = _("There is no such consultation.")
NO_VISIT = _("There is no such visit.")


def require_listener(actor: Actor) -> None:
    """Who goes about in the field writes down what is said there."""
    if not (roles.is_staff(actor) or actor.has_role("activist", "consultant")):
        raise Forbidden(_("Only staff, activists and consultants may do this."))


def require_member(actor: Actor, organisation_id: str | None) -> None:
    if organisation_id is not None and organisation_id not in actor.orgs and not roles.is_staff(actor):
        raise Forbidden(_("You can only ask for an organisation that you belong to."))


def advises(actor: Actor, consultation: Consultation) -> bool:
    return not actor.is_anonymous and consultation.consultant_id == actor.id


def has_asked(actor: Actor, consultation: Consultation) -> bool:
    """Of who asked, and of the members of the organisation that it is for."""
    if actor.is_anonymous:
        return False
    organisation = consultation.organisation_id
    return consultation.requester_id == actor.id or (organisation is not None and organisation in actor.orgs)


def require_consultation(session: Session, consultation_id: str) -> Consultation:
    """Raises NotFound."""
    consultation = session.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound(NO_CONSULTATION)
    return consultation


def require_readable(actor: Actor, consultation: Consultation) -> None:
    """Raises NotFound."""
    if not (has_asked(actor, consultation) or advises(actor, consultation) or roles.reads_all(actor)):
        raise NotFound(NO_CONSULTATION)


def require_adviser(actor: Actor, consultation: Consultation) -> None:
    """Whoever advises, and staff. Raises Forbidden, NotFound."""
    require_readable(actor, consultation)
    if not (advises(actor, consultation) or roles.is_staff(actor)):
        raise Forbidden(_("Only the consultant may do this."))


def require_asker(actor: Actor, consultation: Consultation) -> None:
    """Raises Forbidden, NotFound."""
    require_readable(actor, consultation)
    if not has_asked(actor, consultation):
        raise Forbidden(_("Only who asked for the consultation may do this."))


def visits(actor: Actor, visit: Visit) -> bool:
    return not actor.is_anonymous and visit.activist_id == actor.id


def require_visit(actor: Actor, visit: Visit | None) -> Visit:
    """It may be read. Raises NotFound."""
    if visit is None or not (visits(actor, visit) or roles.reads_all(actor)):
        raise NotFound(NO_VISIT)
    return visit


def require_visitor(actor: Actor, visit: Visit) -> None:
    """Who goes there, and staff. Raises Forbidden, NotFound."""
    require_visit(actor, visit)
    if not (visits(actor, visit) or roles.is_staff(actor)):
        raise Forbidden(_("Only staff may do this."))
