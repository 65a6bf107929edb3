"""The interface of a provider: a line to it, and an answer to every letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.notify.domain.message import Channel, Fault, Outcome

LINES = 4
"""Lines to one provider at a time, for each worker process, where it is somewhere else and answers in its own time."""


@dataclass(frozen=True)
class Letter:
    """One message on its way out. id: the message's, also in the person's inbox. message_id: the same whenever this
    letter is sent; RFC 5322, without its brackets. person_id: whose it is. to: their address. template: its key.
    """

    id: str
    person_id: str
    message_id: str
    channel: Channel
    to: str
    sender: str
    locale: str
    subject: str
    body: str
    at: datetime
    template: str = ""


@dataclass(frozen=True)
class Answer:
    """detail: what the provider said, for staff. It may name the address: delivery takes it out.

    fault: whose it is that the letter did not go, where that is more than this letter's. provider_message_id: the
    provider's own name for the message. is_first: it is certain that no earlier try has reached anybody.
    """

    outcome: Outcome
    detail: str
    fault: Fault | None = None
    provider_message_id: str | None = None
    is_first: bool = False


class Line(Protocol):
    """A connection to a provider for letters, one after another; not to be shared between greenlets."""

    def send(self, letter: Letter) -> Answer:
        """Raises nothing that a provider can cause: whatever it does is an answer."""

    def ask(self, letter: Letter) -> Answer | None:
        """What became of a letter that may have been sent before; None: the provider has never had it.

        Outcome.UNKNOWN: it could not be asked. Only of providers that `can_be_asked`.
        """

    def close(self) -> None:
        """Raises nothing either."""


class Provider(Protocol):
    """name: as it stands with the attempts; one word. repeats_are_safe: a letter that was taken before is not taken
    twice. can_be_asked: it knows what became of a letter. rate: letters per second that it wants at most. lines: how
    many of them at a time, of each worker process.
    """

    name: str
    repeats_are_safe: bool
    can_be_asked: bool
    rate: float | None
    lines: int

    def line(self) -> Line:
        """A new line; it connects when it is first used."""


def remembers(provider: Provider) -> bool:
    """May a letter that it may have had already be given to it again?"""
    return provider.repeats_are_safe or provider.can_be_asked


class UnaskableLine:
    """For providers that cannot be asked."""

    def ask(self, letter: Letter) -> Answer | None:
        raise NotImplementedError("this provider cannot be asked")

    def close(self) -> None:
        """There is nothing to close."""
