"""The in-app inbox: a message on this channel that is sent lies in it (queries.inbox). Nothing has to be called."""

from __future__ import annotations

from services.notify.domain.message import Outcome
from services.notify.domain.provider import Answer, Letter, Line, UnaskableLine


class InApp(UnaskableLine):
    name = "inbox"
    repeats_are_safe = True
    can_be_asked = False
    rate: float | None = None
    lines = 1

    def line(self) -> Line:
        return self

    def send(self, letter: Letter) -> Answer:
        return Answer(Outcome.SENT, "in the inbox")
