"""One file per use case, named by its verb: gates -> lock -> decide -> write -> emit."""

from services.notify.usecases.announce import announce
from services.notify.usecases.begin_attempts import begin_attempts
from services.notify.usecases.claim_messages import claim_messages
from services.notify.usecases.close_digests import close_digests
from services.notify.usecases.disclose_contacts import disclose_contacts
from services.notify.usecases.erase_person import erase_person
from services.notify.usecases.fan_out_broadcasts import fan_out_broadcasts
from services.notify.usecases.forgetting import forget_person
from services.notify.usecases.keep_audiences import forget_staff, keep_audiences
from services.notify.usecases.keep_webhook import put_webhook, remove_webhook
from services.notify.usecases.lift_suppression import lift_suppression
from services.notify.usecases.mark_read import mark_read
from services.notify.usecases.move_approval import move_approval
from services.notify.usecases.preview_template import preview_template
from services.notify.usecases.purge_expired import purge_expired
from services.notify.usecases.put_contact import put_contact
from services.notify.usecases.put_preferences import put_preferences
from services.notify.usecases.put_template import put_template
from services.notify.usecases.record_answers import record_answers
from services.notify.usecases.record_receipt import record_receipt
from services.notify.usecases.remind_of_consents import remind_of_consents
from services.notify.usecases.replay_message import replay_message
from services.notify.usecases.serve_notification import serve_notification
from services.notify.usecases.try_broadcast import count_recipients, preview_broadcast, send_test
from services.notify.usecases.write_broadcast import (
    cancel_broadcast,
    change_broadcast,
    create_broadcast,
    send_broadcast,
)

__all__ = [
    "announce",
    "begin_attempts",
    "cancel_broadcast",
    "change_broadcast",
    "claim_messages",
    "close_digests",
    "count_recipients",
    "create_broadcast",
    "disclose_contacts",
    "erase_person",
    "fan_out_broadcasts",
    "forget_person",
    "forget_staff",
    "keep_audiences",
    "lift_suppression",
    "mark_read",
    "move_approval",
    "preview_broadcast",
    "preview_template",
    "purge_expired",
    "put_contact",
    "put_preferences",
    "put_template",
    "put_webhook",
    "record_answers",
    "record_receipt",
    "remind_of_consents",
    "remove_webhook",
    "replay_message",
    "send_broadcast",
    "send_test",
    "serve_notification",
]
