"""A person who is erased is nowhere left but in the access log, in notify and in whoever hears of it."""

import pytest

from services.chassis.errors import Forbidden, Invalid, NotFound
from services.notify.models import Contact
from services.notify.models.people import Consent, Preference
from services.notify.models.texts import Digest, DigestItem
from tests.people import AUDITOR, NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import wanted
from tests.service.notify.conftest import Correspondents

ERASED = "madang.notify.person_erased.v1"


def live(notify) -> None:
    """A resident with all that notify may know of somebody."""
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.put_preferences(choices={"service": {"sms": False}}, consents={"advertising": True})
    with notify.bench.acting(STAFF) as rpc:
        rpc.notify.view_contacts(person_ids=["resident-1"], reason="전화 문의")
    notify.hear("booking_approved")
    notify.hear("booking_cancelled")
    notify.settle()
    assert len(notify.mailbox()) == 1


def assert_gone(notify) -> None:
    assert notify.mailbox() == []
    for table in (Contact, Preference, Consent, Digest, DigestItem):
        assert notify.read(table) == []
    assert [(each.subject, each.body, each.status) for each in notify.rows()] == [("", "", "sent")]
    assert notify.messages(person_id="resident-1") == []
    with notify.bench.acting(RESIDENT) as rpc, pytest.raises(NotFound):
        rpc.notify.get_contact()
    with notify.bench.acting(STAFF) as rpc:
        assert len(rpc.notify.list_disclosures(person_id="resident-1")["items"]) == 1


def erasures(notify) -> list[dict]:
    return [each["data"] for each in notify.published() if each["type"] == ERASED]


def test_person_erased_is_gone_with_the_words_that_were_written_to_them(notify):
    live(notify)
    for _ in range(2):
        notify.tell("district", "person_erased", "erasure-1", {"person_id": "resident-1"})
    notify.settle()
    assert_gone(notify)
    assert erasures(notify) == [], "who told it told everybody"


@pytest.mark.parametrize(
    ("actor", "reason"), [(RESIDENT, {}), (STAFF, {"reason": "본인 요청 (전화)"})], ids=["self", "staff"]
)
def test_person_is_erased_by_themself_or_by_staff_and_everybody_is_told_once(notify, actor, reason):
    live(notify)
    for _ in range(3):  # the same request, three times
        with notify.bench.acting(actor, idempotency_key="erase-1") as rpc:
            rpc.notify.erase_person(person_id="resident-1", **reason)
    notify.settle()
    assert_gone(notify)
    assert erasures(notify) == [{"person_id": "resident-1"}]


def test_person_is_erased_by_nobody_else_and_by_staff_not_without_a_reason(notify):
    notify.join("hong@example.com")
    for actor, error in ((NEIGHBOUR, Forbidden), (AUDITOR, Forbidden), (None, Forbidden), (STAFF, Invalid)):
        with notify.bench.acting(actor) as rpc:
            for reason in ({}, {"reason": "   "}) if actor is STAFF else ({"reason": "x"},):
                with pytest.raises(error):
                    rpc.notify.erase_person(person_id="resident-1", **reason)
    assert len(notify.read(Contact)) == 1
    assert erasures(notify) == []


def test_erased_message_cannot_be_replayed(notify):
    notify.hear("booking_approved")  # nobody knows yet how to reach the resident: it is skipped
    notify.settle()
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.erase_person(person_id="resident-1")
    with notify.bench.acting(STAFF) as rpc, pytest.raises(Exception, match="forgotten"):
        rpc.notify.replay_message(message_id=notify.rows()[0].id)


def test_other_services_erase_the_person_once(bench_of):
    """Notify's own event, over the broker: what they booked stays, as nobody's."""
    bench = bench_of("booking", "notify")
    notify = Correspondents(bench)
    notify.join("hong@example.com")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12, title="길동의 생일잔치"))
    bench.settle()
    with bench.acting(STAFF) as rpc:
        for _ in range(2):
            rpc.notify.erase_person(person_id="resident-1", reason="본인 요청")
        bench.settle()
        found = rpc.booking.get_booking(booking_id=made["id"])
    assert (found["requester"], found["title"]) == ({"id": "", "name": ""}, "")
    assert notify.messages(person_id="resident-1") == []

    first = next(each for each in notify.published() if each["type"] == ERASED)
    with bench.acting(RESIDENT) as rpc:  # somebody new under the same log-in
        again = rpc.booking.request_booking(**wanted("edu-1", "2020-03-23", 10, 12, title="다시 왔습니다"))
    for _ in range(5):
        bench.publish("notify", "person_erased", first)
    bench.settle()
    with bench.acting(STAFF) as rpc:
        assert rpc.booking.get_booking(booking_id=again["id"])["title"] == "다시 왔습니다"
