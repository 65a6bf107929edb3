"""What becomes of a message when an attempt has ended: its next state, its event, its fallback, its address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.chassis import context
from services.chassis.context import Context
from services.chassis.events import emit
from services.notify import events
from services.notify.domain import masking
from services.notify.domain.message import Category, Channel, Outcome, Status, Verdict, after
from services.notify.domain.provider import Answer, Provider, remembers
from services.notify.models import Attempt, Message
from services.notify.usecases.falling_back import fall_back, may_fall_back

LONGEST_DETAIL = 500


def finish(attempt: Attempt, answer: Answer, now: datetime) -> None:
    attempt.finished_at, attempt.outcome, attempt.detail = now, answer.outcome, answer.detail
    attempt.provider_message_id = answer.provider_message_id


def settle(session: Session, message: Message, answer: Answer, *, provider: Provider | None, now: datetime) -> None:
    """provider: whose answer it is; None when it is not configured any more."""
    outcome = answer.outcome
    if message.pinned_provider and outcome is Outcome.TEMPORARY and not answer.is_first:
        outcome = Outcome.UNKNOWN  # this try did not reach anybody; an earlier one may have
    if message.delivered_at is not None and outcome is not Outcome.SENT:
        outcome = Outcome.SENT  # the receipt was quicker than the answer, or the answer was lost
    keeps = provider is not None and remembers(provider)
    verdict = after(
        outcome,
        attempts=message.attempts - message.attempts_before,
        category=Category(message.category),
        repeats_are_safe=keeps,
        has_fallback=may_fall_back(message),
    )
    if verdict.status is Status.DEAD and _may_have_gone_out(session, message):
        verdict = Verdict(Status.UNKNOWN)
    conclude(session, message, verdict, answer.detail, now=now)
    doubtful = outcome is Outcome.UNKNOWN and verdict.status is not Status.SENT
    message.pinned_provider = provider.name if doubtful and keeps and provider is not None else None


def conclude(session: Session, message: Message, verdict: Verdict, detail: str, *, now: datetime) -> None:
    """The message's next state, its fallback where it has failed, and the event of it, in one transaction."""
    sent = verdict.status is Status.SENT
    message.become(verdict.status, reason=None if sent else detail, due=now + verdict.wait if verdict.wait else None)
    message.sent_at = now if sent else None
    if verdict.status in {Status.FAILED, Status.DEAD} and fall_back(session, message, now=now):
        return  # the person hears of it all the same; the other message tells what became of it
    event = events.of(message)
    if event is not None:
        with context.use(origin(message)):
            emit(session, event, now=now)


def origin(message: Message) -> Context:
    """The chain of events that the message belongs to."""
    return Context.begin(
        correlation_id=message.correlation_id, traceparent=message.traceparent, causation_id=message.event_id
    )


def as_kept(detail: str, address: str = "") -> str:
    """A provider's words as they may stand beside the message: without anybody's address, in one line, not endless."""
    return " ".join(masking.without_addresses(detail, address).split())[:LONGEST_DETAIL]


def _may_have_gone_out(session: Session, message: Message) -> bool:
    unknown = exists().where(
        Attempt.message_id == message.id,
        Attempt.outcome == Outcome.UNKNOWN,
        Attempt.number > message.attempts_before,
    )
    return message.channel != Channel.INBOX and bool(session.scalar(select(unknown)))
