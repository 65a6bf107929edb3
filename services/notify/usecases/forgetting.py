"""A person is erased: what was sent stays as a number, without its words and without them. Rule: DOMAIN, Notification.

The access log is kept for its time: the law asks who saw whose data.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.chassis import idempotency, inbox
from services.notify.domain.message import Status
from services.notify.models import Contact, Mail, Message, Suppression, Webhook
from services.notify.models.audiences import AudienceMember
from services.notify.models.people import Consent, Preference
from services.notify.models.texts import Digest

ERASED = "erased"


def forget_person(session: Session, person_id: str, *, but: str | None = None) -> None:
    """What is queued for them goes to nobody; an attempt that is under way ends as it ends.

    but: the command of theirs that is being done, which must still be known when it comes again.
    """
    for message in session.scalars(select(Message).where(Message.person_id == person_id).with_for_update()):
        if message.status == Status.QUEUED:
            message.become(Status.SKIPPED, reason=ERASED)
        session.execute(delete(Mail).where(Mail.message_id == message.message_id))
        message.person_id, message.subject, message.body = f"{ERASED}:{message.id}", "", ""
    for table in (Contact, Preference, Consent, AudienceMember, Digest, Suppression, Webhook):
        session.execute(delete(table).where(table.person_id == person_id))
    idempotency.forget(session, person_id, but=but)
    inbox.forget(session, person_id)
