"""Permissions for courses. NotFound hides what somebody may not know of."""

from __future__ import annotations

from collections.abc import Iterable

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _
from services.training.contract.vocabulary import CourseStatus
from services.training.models.courses import Certificate, Course, CourseSession, Enrolment
from services.training.queries.courses.catalogue import teaches

CENTRE = Actor("madang:training", "Madang")
"""Actor of what a clock or an event causes."""

NO_COURSE = _("There is no such course.")
NO_SESSION = _("There is no such session.")
NO_ENROLMENT = _("There is no such enrolment.")
NO_CERTIFICATE = _("There is no certificate with this code. Check it letter by letter.")


def require_visible(actor: Actor, course: Course, sessions: Iterable[CourseSession] = ()) -> None:
    """A draft is for staff and for those who are to teach it. Raises NotFound."""
    hidden = course.status == CourseStatus.DRAFT or course.published_at is None
    if hidden and not (roles.reads_all(actor) or teaches(actor, sessions)):
        raise NotFound(NO_COURSE)


def require_teacher(actor: Actor, sessions: Iterable[CourseSession], *, reading: bool = False) -> None:
    """Require staff or an instructor of one of the sessions; for reading also auditors. Raises Forbidden."""
    allowed = roles.reads_all(actor) if reading else roles.is_staff(actor)
    if not (allowed or teaches(actor, sessions)):
        raise Forbidden(_("Only staff and the instructor may do this."))


def require_own(actor: Actor, enrolment: Enrolment) -> None:
    """Require the enrolled person or staff. Raises NotFound."""
    own = not actor.is_anonymous and enrolment.person_id == actor.id
    if not (own or roles.is_staff(actor)):
        raise NotFound(NO_ENROLMENT)


def require_holder(actor: Actor, certificate: Certificate) -> None:
    """Require the holder, staff or auditors. Others with its code may verify it. Raises NotFound."""
    own = not actor.is_anonymous and certificate.person_id == actor.id
    if not (own or roles.reads_all(actor)):
        raise NotFound(NO_CERTIFICATE)
