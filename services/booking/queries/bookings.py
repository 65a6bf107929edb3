"""Lists of bookings, and the log of the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, or_, select

from services.booking.contract import bookings as contract
from services.booking.contract import decisions as log
from services.booking.contract.period import LONGEST
from services.booking.contract.vocabulary import Action
from services.booking.models import Booking, Decision
from services.booking.queries.answers import BookingCall, booking_answers, snapshot
from services.chassis import roles
from services.chassis.contract import ListRequest, Page
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _

Row = TypeVar("Row", Booking, Decision)
A = TypeVar("A")


def list_bookings(call: BookingCall, request: contract.ListBookings) -> Page[contract.Booking]:
    """Newest first. For readers all bookings, for others their own and those of their groups. Raises Forbidden."""
    roles.require_person(call.actor)
    centre = call.profile.centre
    chosen = select(Booking).order_by(Booking.id.desc())
    if request.own or not roles.reads_all(call.actor):
        chosen = chosen.where(or_(Booking.requester_id == call.actor.id, Booking.group_id.in_(call.actor.orgs)))
    if request.cursor is not None:
        chosen = chosen.where(Booking.id < request.cursor)
    for name in ("status", "space_id", "group_id", "requester_id", "series_id"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Booking, name) == value)
    if request.since is not None:
        since = centre.moment(request.since)
        chosen = chosen.where(Booking.ends_at > since, Booking.starts_at > since - LONGEST)
    if request.until is not None:
        chosen = chosen.where(Booking.starts_at < centre.moment(request.until))
    rows, next_cursor = _page(call, chosen, request)
    return Page(items=booking_answers(call, rows), next_cursor=next_cursor)


def list_decisions(call: BookingCall, request: log.ListDecisions) -> Page[log.BookingDecision]:
    """Newest first. Raises Forbidden, Invalid for the cursor."""
    roles.require_reader(call.actor)
    chosen = select(Decision).order_by(Decision.id.desc())
    if request.cursor is not None:
        if not request.cursor.isascii() or not request.cursor.isdigit() or len(request.cursor) > 18:
            raise Invalid(errors={"cursor": [_("Give the next_cursor of the page before.")]})
        chosen = chosen.where(Decision.id < int(request.cursor))
    for name in ("booking_id", "actor_id", "action"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Decision, name) == value)
    rows, next_cursor = _page(call, chosen, request)
    return Page(items=[_decision(call, each) for each in rows], next_cursor=next_cursor)


def _decision(call: BookingCall, row: Decision) -> log.BookingDecision:
    return log.BookingDecision.of(
        row,
        call.profile.centre.zone,
        action=Action(row.action),
        before=snapshot(row.before),
        after=snapshot(row.after),
    )


def _page(call: BookingCall, chosen: Select[Row], request: ListRequest[Page[A]]) -> tuple[Sequence[Row], str | None]:
    """Return the rows of a page and the cursor of the next page: the id of the last row, if there are more."""
    rows = call.session.scalars(chosen.limit(request.limit + 1)).all()
    shown = rows[: request.limit]
    return shown, str(shown[-1].id) if len(rows) > request.limit else None
