"""Who belongs to whom notify can write to, by the events of others."""

import json
from itertools import permutations

import pytest

from services.chassis.context import Actor
from services.notify.domain.audience import Group, GroupKind
from services.notify.queries import audiences
from tests.people import STAFF
from tests.service.notify.conftest import GOLDEN

ENROLLED = {"enrolment_id": "e-1", "course_id": "c-1", "field": "both", "title": "첫걸음", "person_id": "minji"}
TENANT = {"tenancy_id": "t-1", "person_id": "minji"}


def members(notify, kind, key="") -> set[str]:
    group = Group(GroupKind(kind), key)
    return set(notify.bench.database("notify").transaction(lambda session: audiences.members(session, [group])))


def tell(notify, source, event, data, *, sequence=1):
    notify.tell(source, event, f"{event}-{sequence}-{data.get('person_id')}", data, sequence=sequence)


def test_who_is_enrolled_belongs_to_the_course_and_its_fields_until_it_is_cancelled(notify):
    tell(notify, "training", "enrolment_confirmed", ENROLLED)
    tell(notify, "training", "enrolment_confirmed", {**ENROLLED, "enrolment_id": "e-2", "person_id": "junho"})
    notify.settle()
    assert members(notify, "course", "c-1") == {"minji", "junho"}
    assert members(notify, "course", "c-2") == set()
    for field in ("social_economy", "village_community"):
        assert members(notify, "field", field) == {"minji", "junho"}
    tell(notify, "training", "enrolment_cancelled", ENROLLED, sequence=2)
    notify.settle()
    assert members(notify, "course", "c-1") == members(notify, "field", "social_economy") == {"junho"}


def test_who_belongs_by_two_things_leaves_with_the_last(notify):
    """Two tenancies one after the other, whose ends cross."""
    second = {**TENANT, "tenancy_id": "t-2"}
    tell(notify, "recruitment", "tenancy_started", TENANT)
    notify.tell("recruitment", "tenancy_started", "started-2", second)
    notify.tell("recruitment", "tenancy_ended", "ended-1", TENANT, sequence=4)
    notify.settle()
    assert members(notify, "tenants") == {"minji"}
    notify.tell("recruitment", "tenancy_ended", "ended-2", second, sequence=4)
    notify.settle()
    assert members(notify, "tenants") == set()


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_events_in_whatever_order_leave_what_the_last_one_says(notify, order):
    """Enrolled, cancelled, enrolled anew under the same enrolment: the highest sequence counts."""
    told = [("enrolment_confirmed", 1), ("enrolment_cancelled", 2), ("enrolment_cancelled", 3)]
    for number in order:
        event, sequence = told[number]
        tell(notify, "training", event, ENROLLED, sequence=sequence)
        notify.settle()
    assert members(notify, "course", "c-1") == set()


def test_cancellation_of_somebody_who_was_erased_ends_their_membership(notify):
    tell(notify, "training", "enrolment_confirmed", ENROLLED)
    notify.settle()
    tell(notify, "training", "enrolment_cancelled", {**ENROLLED, "person_id": ""}, sequence=2)
    notify.settle()
    assert members(notify, "course", "c-1") == set()


def test_activist_who_changes_their_field_and_retires(notify):
    activist = {"person_id": "activist-1", "field": "village_community", "area": "가정1동", "active": True}
    tell(notify, "training", "activist_registered", activist, sequence=1)
    notify.settle()
    assert members(notify, "activists") == members(notify, "field", "village_community") == {"activist-1"}
    tell(notify, "training", "activist_registered", {**activist, "field": "social_economy"}, sequence=2)
    notify.settle()
    assert members(notify, "field", "village_community") == set()
    assert members(notify, "activists") == members(notify, "field", "social_economy") == {"activist-1"}
    tell(notify, "training", "activist_retired", {**activist, "field": "social_economy"}, sequence=3)
    notify.settle()
    assert members(notify, "activists") == members(notify, "field", "social_economy") == set()


def test_who_comes_to_the_network_belongs_to_it_and_a_member_of_nobody_in_particular_to_nothing(notify):
    sample = json.loads((GOLDEN / "madang.training.member_joined.v1.golden.json").read_text(encoding="utf-8"))["data"]
    tell(notify, "training", "member_joined", sample)
    tell(notify, "training", "member_joined", {**sample, "member_id": "other", "person_id": None})
    notify.settle()
    assert members(notify, "network") == {"member-1"}


def test_staff_are_known_by_their_role_when_they_say_where_they_are_reached(notify):
    notify.join("hong@example.com")
    with notify.bench.acting(STAFF) as rpc:
        rpc.notify.put_contact(email="staff@example.com", locale="ko")
    assert members(notify, "staff") == {STAFF.id}
    assert members(notify, "everyone") == {STAFF.id, "resident-1"}
    with notify.bench.acting(Actor(STAFF.id, STAFF.name, frozenset({"resident"}))) as rpc:
        rpc.notify.put_contact(email="staff@example.com", locale="ko")
    assert members(notify, "staff") == set()


def test_closure_is_told_to_tenants_and_staff(notify):
    notify.join("minji@example.com", person="minji")
    notify.join("hong@example.com")
    with notify.bench.acting(STAFF) as rpc:
        rpc.notify.put_contact(email="staff@example.com", locale="ko")
    tell(notify, "recruitment", "tenancy_started", TENANT)
    notify.settle()
    before = len(notify.mailbox())
    notify.hear("closure_lifted", closure_id=None)
    notify.settle()
    heard = notify.mailbox()[: len(notify.mailbox()) - before]
    assert sorted(each["to"] for each in heard) == ["minji@example.com", "staff@example.com"]


def test_person_who_is_erased_belongs_nowhere(notify):
    tell(notify, "training", "enrolment_confirmed", ENROLLED)
    notify.settle()
    notify.tell("district", "person_erased", "erased-1", {"person_id": "minji"})
    notify.settle()
    assert members(notify, "course", "c-1") == members(notify, "field", "social_economy") == set()
