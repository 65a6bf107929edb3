"""What delivery needs of a provider: a line to it, and a plain answer to every letter."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.notify.domain.message import Channel, Outcome


@dataclass(frozen=True)
class Letter:
    """One message on its way out. to: an address of the channel. message_id: the same whenever this letter is sent."""

    message_id: str
    channel: Channel
    to: str
    sender: str
    locale: str
    subject: str
    body: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """detail: what the provider said, for staff. It may name the address: delivery takes it out."""

    outcome: Outcome
    detail: str


class Line(Protocol):
    def send(self, letter: Letter) -> Answer:
        """Raises nothing that a provider can cause: whatever it does is an answer."""


class Provider(Protocol):
    """name: as it stands with the attempts. repeats_are_safe: a letter that was taken before is not taken twice."""

    name: str
    repeats_are_safe: bool

    def line(self) -> AbstractContextManager[Line]:
        """A line for several letters, one after another; not to be shared between greenlets."""
