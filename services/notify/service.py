"""Notify's entrypoints. Each one: load, call one use case, dump."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from services.chassis import clock, roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.service import Service
from services.chassis.timers import every, when_due
from services.notify import channels, delivery_schemas, queries, schemas, usecases, views
from services.notify.domain.membership import BELONGING, Belonging
from services.notify.domain.rules import RULES, Rule
from services.notify.entrypoints.broadcasts import Broadcasts
from services.notify.entrypoints.people import People
from services.notify.entrypoints.privacy import Privacy
from services.notify.entrypoints.texts import Texts
from services.notify.manifest import MANIFEST
from services.notify.post import Post
from services.notify.queries import due
from services.notify.schemas import heard


def hears(rules: Iterable[Rule] | Iterable[Belonging]) -> Callable[[Any], Any]:
    """A method that handles every event for which there is a row."""

    def decorate(method: Any) -> Any:
        for rule in rules:
            method = handles(rule.source, rule.event, rule.schema)(method)
        return method

    return decorate


class NotifyService(Broadcasts, People, Privacy, Texts, Service):
    name = "notify"
    manifest = MANIFEST

    post = Post()

    @hears(RULES)
    def announce(self, call: Call, event: Received) -> None:
        desk = self.post.desk(call.profile)
        usecases.announce(call.session, event, desk=desk, context=call.context, now=call.now)

    @hears(BELONGING)
    def keep_audiences(self, call: Call, event: Received) -> None:
        usecases.keep_audiences(call.session, event)

    @handles(OUTSIDE, "notification_requested", heard.RequestedNotificationSchema)
    def serve_notification(self, call: Call, event: Received) -> None:
        desk = self.post.desk(call.profile)
        usecases.serve_notification(call.session, event, desk=desk, context=call.context, now=call.now)

    @when_due(due.DIGEST)
    def close_digests(self) -> bool:
        desk = self.post.desk(self.store.profile)
        return self.store.transaction(lambda session: usecases.close_digests(session, desk=desk, now=clock.now()))

    @every(3600, leased=True)
    def remind_of_consents(self) -> bool:
        desk = self.post.desk(self.store.profile)
        return self.store.transaction(lambda session: usecases.remind_of_consents(session, desk=desk, now=clock.now()))

    @when_due(due.MESSAGE, due.ABANDONED)
    def deliver_messages(self) -> bool | timedelta:
        return self.post.deliver(self.store.profile) or due.TRY_AGAIN

    @query(schemas.FindMessagesSchema, schemas.MessagePage)
    def list_messages(self, call: Call, wanted: schemas.FindMessages) -> Any:
        roles.require_staff(call.actor)
        found = queries.messages(call.session, wanted)
        return views.message_page(found, wanted.limit, call.profile.centre.zone)

    @query(schemas.FindMailsSchema, schemas.MailPage)
    def list_mailbox(self, call: Call, wanted: schemas.FindMails) -> Any:
        if not self.post.mailbox_is_open:
            raise NotFound
        return views.mail_page(queries.mails(call.session, wanted), wanted.limit, call.profile.centre.zone)

    @query(delivery_schemas.FindInboxSchema, delivery_schemas.InboxPage)
    def list_inbox(self, call: Call, wanted: delivery_schemas.FindInbox) -> Any:
        roles.require_person(call.actor)
        found = queries.inbox(call.session, call.actor.id, wanted)
        unread = queries.unread(call.session, call.actor.id)
        return views.inbox_page(found, wanted.limit, unread, call.profile.centre.zone)

    @command(delivery_schemas.OneMessageSchema, delivery_schemas.InboxMessageView)
    def mark_read(self, call: Call, wanted: delivery_schemas.OneMessage) -> Any:
        read = usecases.mark_read(call.session, wanted.message_id, actor=call.actor, now=call.now)
        return views.inbox_message(read, call.profile.centre.zone)

    @command(delivery_schemas.OneMessageSchema, schemas.MessageView)
    def replay_message(self, call: Call, wanted: delivery_schemas.OneMessage) -> Any:
        replayed = usecases.replay_message(call.session, wanted.message_id, actor=call.actor, now=call.now)
        return views.message(replayed, call.profile.centre.zone)

    @command(delivery_schemas.RecordReceiptSchema, delivery_schemas.ReceiptView)
    def record_receipt(self, call: Call, told: delivery_schemas.RecordReceipt) -> Any:
        return usecases.record_receipt(
            call.session, told, secrets=self.post.receipt_secrets, readers=channels.RECEIPTS, now=call.now
        )

    @query(delivery_schemas.FindSuppressionsSchema, delivery_schemas.SuppressionPage)
    def list_suppressions(self, call: Call, wanted: delivery_schemas.FindSuppressions) -> Any:
        roles.require_staff(call.actor)
        found = queries.suppressions(call.session, wanted)
        return views.suppression_page(found, wanted.limit, call.profile.centre.zone)

    @command(delivery_schemas.LiftSuppressionSchema)
    def lift_suppression(self, call: Call, wanted: delivery_schemas.LiftSuppression) -> Any:
        return usecases.lift_suppression(call.session, wanted.suppression_id, actor=call.actor)

    @command(delivery_schemas.PutWebhookSchema, delivery_schemas.WebhookSecret, secret=True)
    def put_webhook(self, call: Call, wanted: delivery_schemas.PutWebhook) -> Any:
        plain_http = self.post.mailbox_is_open
        put = usecases.put_webhook(call.session, wanted.url, actor=call.actor, plain_http=plain_http, now=call.now)
        return views.webhook(put, call.profile.centre.zone)

    @query(delivery_schemas.NoArguments, delivery_schemas.WebhookView)
    def get_webhook(self, call: Call, _: None) -> Any:
        roles.require_person(call.actor)
        found = queries.webhook(call.session, call.actor.id)
        if found is None:
            raise NotFound
        return views.webhook(found, call.profile.centre.zone)

    @command(delivery_schemas.NoArguments)
    def remove_webhook(self, call: Call, _: None) -> Any:
        return usecases.remove_webhook(call.session, actor=call.actor)
