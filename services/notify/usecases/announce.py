"""Something happened elsewhere: everybody whom it concerns gets a message, or a line in their digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Context
from services.chassis.events import Received
from services.notify import queries
from services.notify.domain.rules import rule_for
from services.notify.queries import audiences
from services.notify.usecases.gather import gather
from services.notify.usecases.tell import DELIVERY, Desk, Occasion, tell, with_stored_templates

__all__ = ["DELIVERY", "Desk", "announce"]


def announce(session: Session, event: Received, *, desk: Desk, context: Context, now: datetime) -> None:
    """By the event's rule. Raises NotFound for an event without one.

    A person who heard of the event already, by whatever way it comes again, hears nothing more.
    """
    rule, news = rule_for(event.source, event.type), event.data
    if not rule.applies(news.facts):
        return
    people = rule.audience(news) | audiences.members(session, rule.groups)
    if news.group_key:
        gather(session, event, people, desk=desk, context=context, now=now)
        return
    zone = desk.letterhead.centre.zone
    occasion = Occasion(
        event.id, rule.category, rule.template, lambda language: news.words(language, zone), rule.channels
    )
    contacts = queries.contacts(session, people)
    desk = with_stored_templates(session, desk, [rule.template])
    tell(session, occasion, {each: contacts.get(each) for each in people}, desk=desk, context=context, now=now)
