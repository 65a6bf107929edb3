"""People of the centre, for tests."""

from services.chassis.context import Actor

RESIDENT = Actor("resident-1", "홍길동", frozenset({"resident"}))
NEIGHBOUR = Actor("resident-2", "김이웃", frozenset({"resident"}))
STAFF = Actor("staff-1", "이담당", frozenset({"staff"}))
DIRECTOR = Actor("director-1", "정센터장", frozenset({"director"}))
AUDITOR = Actor("auditor-1", "최감사", frozenset({"auditor"}))


def member_of(group: str) -> Actor:
    return Actor("member-1", "박회원", frozenset({"member"}), (group,))
