"""Groups of people that notify can write to, fed by events. Source: DOMAIN, Notification (audiences)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GroupKind(StrEnum):
    """everyone: whoever has contact details. course and field have a key: which one. field: who is enrolled in a course
    of it, stands in its register of activists, or comes to the network for a member of it.
    """

    EVERYONE = "everyone"
    STAFF = "staff"
    TENANTS = "tenants"
    ACTIVISTS = "activists"
    NETWORK = "network"
    COURSE = "course"
    FIELD = "field"


KEYED = frozenset({GroupKind.COURSE, GroupKind.FIELD})
FIELDS = ("social_economy", "village_community")
BOTH_FIELDS = "both"


@dataclass(frozen=True)
class Group:
    """key: the course's id, or the field; empty for the others. Raises ValueError."""

    kind: GroupKind
    key: str = ""

    def __post_init__(self) -> None:
        if (self.kind in KEYED) != bool(self.key):
            raise ValueError(f"a {self.kind} audience {'needs' if self.kind in KEYED else 'has no'} key")


STAFF = Group(GroupKind.STAFF)
TENANTS = Group(GroupKind.TENANTS)
ACTIVISTS = Group(GroupKind.ACTIVISTS)
NETWORK = Group(GroupKind.NETWORK)


def of_field(field: str) -> tuple[Group, ...]:
    """What belongs to both fields belongs to each. One that is not known here is nobody's."""
    return tuple(Group(GroupKind.FIELD, each) for each in FIELDS if field in {each, BOTH_FIELDS})
