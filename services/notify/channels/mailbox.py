"""The development mailbox: keeps what would go out, in notify's own database, each letter once."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis.db import Database, insert_once
from services.notify.domain.message import Outcome
from services.notify.domain.provider import Answer, Letter, Line, UnaskableLine
from services.notify.models import Mail


class Mailbox(UnaskableLine):
    name = "mailbox"
    repeats_are_safe = True
    can_be_asked = False
    rate: float | None = None
    lines = 1

    def __init__(self, database: Database) -> None:
        self._database = database

    def line(self) -> Line:
        return self

    def send(self, letter: Letter) -> Answer:
        def keep(session: Session) -> None:
            insert_once(
                session,
                Mail.__table__,
                message_id=letter.message_id,
                recipient=letter.to,
                channel=letter.channel,
                locale=letter.locale,
                subject=letter.subject,
                body=letter.body,
                sent_at=letter.at,
            )

        self._database.transaction(keep)
        return Answer(Outcome.SENT, "kept in the mailbox")
