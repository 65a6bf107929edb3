"""What the law asks of advertising messages. Source: DOMAIN, Notification (advertising)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.quiet import QuietHours

MARK = "(광고)"
"""In every language: the law names the word itself."""

RINGS_AT_NIGHT = frozenset({Channel.SMS, Channel.LMS, Channel.ALIMTALK})
"""What must not come at night without separate consent. E-mail is exempt by law; the inbox wakes nobody."""


@dataclass(frozen=True)
class AdvertisingLaw:
    """night: in the centre's zone. consent_years: after so many a consent counts no more, unless reconfirmed. reminder:
    how long before that the person is asked to.

    contacts and opt_outs: by language, how the sender is reached, and how one opts out for nothing.
    """

    night: QuietHours
    consent_years: int
    reminder: timedelta
    contacts: Mapping[str, str]
    opt_outs: Mapping[str, str]

    def holds(self, consented_at: datetime | None, now: datetime) -> bool:
        return consented_at is not None and now < self.expires(consented_at)

    def expires(self, consented_at: datetime) -> datetime:
        return consented_at + relativedelta(years=self.consent_years)

    def asked_again(self, now: datetime) -> tuple[datetime, datetime]:
        """When they consented of whom it is time to ask: after the first moment and until the second."""
        valid = relativedelta(years=self.consent_years)
        return now - valid, now + self.reminder - valid

    def marked(self, subject: str, body: str, sender: str, language: Language) -> tuple[str, str]:
        """Subject and text as the law wants them; what has its mark already gets no second."""
        lines = [body.removeprefix(MARK).strip(), "", f"{sender} {self.contacts[language]}", self.opt_outs[language]]
        return f"{MARK} {subject.removeprefix(MARK).strip()}", f"{MARK} " + "\n".join(lines) + "\n"

    def faults(self, subject: str, body: str, channel: Channel, sender: str, language: Language) -> Iterator[str]:
        """What a text lacks, in codes for staff. A mail begins with its subject."""
        text = body.strip()
        if not text.startswith(MARK) or (channel is Channel.EMAIL and not subject.startswith(MARK)):
            yield "mark"
        if sender not in text:
            yield "sender"
        if self.contacts[language] not in text:
            yield "contact"
        if not text.endswith(self.opt_outs[language]):
            yield "opt_out"
