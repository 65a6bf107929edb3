"""An outside service asks that people be told of something: they are, by the same rules as of anything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Context
from services.chassis.errors import Refusal, Refused
from services.chassis.events import Received
from services.notify import queries
from services.notify.domain import refusals
from services.notify.schemas.heard import RequestedNotification
from services.notify.usecases.tell import Desk, Occasion, tell, with_stored_templates
from services.notify.usecases.trying_templates import offered


def serve_notification(session: Session, event: Received, *, desk: Desk, context: Context, now: datetime) -> None:
    """All of them, or nobody. Raises Refused: the template, its words or the people are not known."""
    wanted: RequestedNotification = event.data
    contacts = queries.contacts(session, wanted.person_ids)
    desk = with_stored_templates(session, desk, [wanted.template])
    found = [*_about_words(session, wanted, desk)]
    if strangers := set(wanted.person_ids) - contacts.keys():
        found.append(refusals.nobody_known(strangers))
    if found:
        raise Refused(found)
    occasion = Occasion(event.id, wanted.category, wanted.template, wanted.words_in, not_before=wanted.send_at)
    tell(session, occasion, dict(contacts), desk=desk, context=context, now=now)


def _about_words(session: Session, wanted: RequestedNotification, desk: Desk) -> Iterator[Refusal]:
    if not desk.templates.is_complete(wanted.template):
        yield refusals.no_such_template(wanted.template)
        return
    names = offered(session, wanted.template)
    if missing := names - wanted.words.keys():
        yield refusals.words_missing(missing)
    if unknown := wanted.words.keys() - names:
        yield refusals.words_unknown(unknown)
