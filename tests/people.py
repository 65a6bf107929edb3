"""People of the centre, for tests."""

from services.chassis.context import Actor

RESIDENT = Actor("resident-1", "홍길동", frozenset({"resident"}))
NEIGHBOUR = Actor("resident-2", "김이웃", frozenset({"resident"}))
STAFF = Actor("staff-1", "이담당", frozenset({"staff"}))


def member_of(group: str) -> Actor:
    return Actor("member-1", "박회원", frozenset({"member"}), (group,))
