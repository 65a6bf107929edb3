"""Closures of the centre, or of some of its spaces."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.booking.contract.bookings import Booking, DayOrTime
from services.booking.contract.period import check_order
from services.chassis.contract import Answer, Doc, Named, Part, Request
from services.chassis.fields import Id, Line, Several

closures = Part("booking", "closures", "Times in which the centre or some spaces are closed")

ABOUT_ONE = (403, 404, 409)
From = Annotated[DayOrTime, Named("from", rpc="from"), Doc("A day or a time", {"examples": ["2020-02-24"]})]
To = Annotated[DayOrTime, Doc("A day or a time, not included")]
SpaceIds = Annotated[list[Id] | None, Several(max=100), Doc("None: the whole centre")]


# --- answers


class Closure(Answer):
    """space_ids: empty if the whole centre is closed. settled: all bookings that it affects are cancelled."""

    id: str
    start: Annotated[datetime, Named("from", rpc="from")]
    to: datetime
    reason: str
    space_ids: list[str]
    force_majeure: bool
    declared_at: datetime
    lifted_at: datetime | None
    settled: bool


class Touched(Answer):
    """Numbers of the bookings that a closure cancels or has cancelled, and of their applicants."""

    bookings: int
    people: int


class ChangedClosure(Closure):
    touches: Touched


class ClosureList(Answer):
    items: list[Closure]


class ClosurePreview(Touched):
    """items: the first of the bookings that the closure would cancel."""

    items: list[Booking]


# --- operations


@closures.command("POST /closures", status=201, refuses=(403, 404), body="NewClosure")
class DeclareClosure(Request[ChangedClosure]):
    """Close the centre, or some spaces. For staff.

    New bookings are refused from this moment; those that it touches are cancelled with a full refund, shortly after.
    """

    start: From
    to: Annotated[To, Doc(more={"examples": ["2020-03-09"]})]
    reason: Annotated[str, Line(max=500)]
    space_ids: SpaceIds = None
    force_majeure: Annotated[bool, Doc("It is nobody's fault")] = False

    def check(self) -> None:
        check_order(self.start, self.to, "to")


@closures.query()
class PreviewClosure(Request[ClosurePreview]):
    """Show what `DeclareClosure` would cancel now. For staff."""

    start: From
    to: To
    space_ids: SpaceIds = None


@closures.query("GET /closures", public=True)
class ListClosures(Request[ClosureList]):
    """List the closures that are in force or to come, the next one first."""

    past: Annotated[bool, Doc("Those that are over or lifted, too")] = False


@closures.command("PATCH /closures/{closure_id}", refuses=ABOUT_ONE, body="ClosureChange")
class ChangeClosure(Request[ChangedClosure]):
    """Extend a closure, or let it end earlier, which revives nothing. For staff."""

    closure_id: Id
    to: To


@closures.command("DELETE /closures/{closure_id}", refuses=ABOUT_ONE)
class LiftClosure(Request[ChangedClosure]):
    """Lift a closure from this moment on, which revives nothing. For staff."""

    closure_id: Id
