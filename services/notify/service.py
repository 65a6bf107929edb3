"""Notify's entrypoints. Each one: load, call one use case, dump."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.service import Service
from services.chassis.timers import every
from services.notify import queries, rendering, schemas, usecases, views
from services.notify.domain.rules import RULES, Rule
from services.notify.manifest import MANIFEST
from services.notify.post import Post
from services.notify.usecases import access
from services.notify.usecases.announce import Desk

# Read when the service is imported: a template that cannot be used stops the start, not a message.
TEMPLATES = rendering.installed()


def hears(rules: Iterable[Rule]) -> Callable[[Any], Any]:
    """A method that handles every event for which there is a rule."""

    def decorate(method: Any) -> Any:
        for rule in rules:
            method = handles(rule.source, rule.event, rule.schema)(method)
        return method

    return decorate


class NotifyService(Service):
    name = "notify"
    manifest = MANIFEST

    post = Post()

    @hears(RULES)
    def announce(self, call: Call, event: Received) -> None:
        desk = Desk(call.profile, TEMPLATES, self.post.mail_domain)
        usecases.announce(call.session, event, desk=desk, context=call.context, now=call.now)

    @every(1)
    def deliver_messages(self) -> bool:
        return self.post.deliver(self.store.profile)

    @command(schemas.PutContactSchema, schemas.ContactView)
    def put_contact(self, call: Call, wanted: schemas.PutContact) -> Any:
        centre = call.profile.centre
        put = usecases.put_contact(call.session, wanted, actor=call.actor, country=centre.country, now=call.now)
        return views.contact(put, centre.zone)

    @query(schemas.FindContactSchema, schemas.ContactView)
    def get_contact(self, call: Call, wanted: schemas.FindContact) -> Any:
        access.require_person(call.actor)
        person_id = wanted.person_id or call.actor.id
        access.require_own_or_staff(call.actor, person_id)
        found = queries.contact(call.session, person_id)
        if found is None:
            raise NotFound("There are no contact details.")
        return views.contact(found, call.profile.centre.zone)

    @query(schemas.FindMessagesSchema, schemas.MessagePage)
    def list_messages(self, call: Call, wanted: schemas.FindMessages) -> Any:
        access.require_staff(call.actor)
        found = queries.messages(call.session, wanted)
        return views.message_page(found, wanted.limit, call.profile.centre.zone)

    @query(schemas.FindMailsSchema, schemas.MailPage)
    def list_mailbox(self, call: Call, wanted: schemas.FindMails) -> Any:
        if not self.post.mailbox_is_open:
            raise NotFound
        return views.mail_page(queries.mails(call.session, wanted), wanted.limit, call.profile.centre.zone)
