"""Who belongs to an audience by what happened elsewhere: one row for each event that brings somebody in or out.

An event says of its subject (an enrolment, a tenancy) to which groups it belongs from now on, and its person by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from marshmallow import EXCLUDE, Schema

from services.chassis.errors import NotFound
from services.notify.domain.audience import ACTIVISTS, NETWORK, TENANTS, Group, GroupKind, of_field
from services.notify.domain.news import Facts, PersonOrNobody, some_text

Groups = Callable[[Facts], tuple[Group, ...]]


@dataclass(frozen=True)
class Belonging:
    """what: the kind of thing that its subject is. stays: False when the event ends it. groups: of the thing. reads:
    what they are told from, beside the person, who may be nobody in particular or erased.
    """

    source: str
    event: str
    what: str
    stays: bool
    groups: Groups
    reads: tuple[str, ...]

    @cached_property
    def schema(self) -> type[Schema]:
        meta = type("Meta", (), {"unknown": EXCLUDE})
        known = {
            "person_id": PersonOrNobody(required=True, allow_none=True),
            **{name: some_text() for name in self.reads},
            "Meta": meta,
        }
        return type("BelongingSchema", (Schema,), known)


def _course(facts: Facts) -> tuple[Group, ...]:
    course = (Group(GroupKind.COURSE, facts["course_id"]),) if facts["course_id"] else ()
    return (*course, *of_field(facts["field"] or ""))


def _tenants(_: Facts) -> tuple[Group, ...]:
    return (TENANTS,)


def _activists(facts: Facts) -> tuple[Group, ...]:
    return (ACTIVISTS, *of_field(facts["field"] or ""))


def _network(facts: Facts) -> tuple[Group, ...]:
    return (NETWORK, *of_field(facts["field"] or ""))


_ENROLMENT = ("enrolment", _course, ("course_id", "field"))
_TENANCY = ("tenancy", _tenants, ())
_ACTIVIST = ("activist", _activists, ("field",))
_MEMBER = ("network member", _network, ("field",))

BELONGING: tuple[Belonging, ...] = tuple(
    Belonging(source, event, what, stays, groups, reads)
    for source, event, (what, groups, reads), stays in (
        ("training", "enrolment_confirmed", _ENROLMENT, True),
        ("training", "enrolment_cancelled", _ENROLMENT, False),
        ("recruitment", "tenancy_started", _TENANCY, True),
        ("recruitment", "tenancy_ended", _TENANCY, False),
        ("training", "activist_registered", _ACTIVIST, True),
        ("training", "activist_retired", _ACTIVIST, False),
        ("training", "member_joined", _MEMBER, True),
    )
)


def belonging_of(source: str, event_type: str) -> Belonging:
    """By the attributes of a CloudEvent. Raises NotFound."""
    for each in BELONGING:
        if source.rstrip("/").endswith(f"/{each.source}") and f".{each.event}.v" in event_type:
            return each
    raise NotFound(f"Nobody belongs anywhere by {event_type} from {source}.")
