"""From an event to what lies in the development mailbox."""

import pytest
from sqlalchemy import delete, func, select

from services.chassis.errors import Forbidden, Invalid, NotFound
from services.chassis.tables import inbox
from tests.people import RESIDENT, STAFF

EVENTS = ["booking_requested", "booking_approved", "booking_rejected", "booking_cancelled"]


def test_requester_hears_of_every_booking_event_in_their_language(notify):
    notify.join("hong@example.com", locale="ko")
    for event in EVENTS:
        # in the golden samples another one is rejected, and a closure cancels, which is told in a digest
        notify.hear(event, requester_id="resident-1", closure_id=None)
        notify.settle()
    assert [(mail["to"], mail["channel"], mail["locale"], mail["subject"]) for mail in notify.mailbox()] == [
        ("hong@example.com", "email", "ko", "[교육장 1] 예약이 취소되었습니다: 3월 27일 (금) 10:00–12:00"),
        ("hong@example.com", "email", "ko", "[회의실] 신청을 받아들이지 못했습니다: 3월 18일 (수) 10:00–12:00"),
        ("hong@example.com", "email", "ko", "[교육장 1] 예약이 확정되었습니다: 3월 20일 (금) 10:00–12:00"),
        ("hong@example.com", "email", "ko", "[교육장 1] 신청을 받았습니다: 3월 20일 (금) 10:00–12:00"),
    ]
    newest = notify.mailbox()[0]
    assert newest["body"].startswith("홍길동 님,\n")
    assert newest["body"].endswith("서구 사회적경제마을지원센터\n")
    assert newest["sent_at"] == "2020-03-10T09:00:00+09:00"


def test_language_that_nothing_is_written_in_falls_back_to_the_profiles(notify):
    notify.join("wang@example.com", locale="zh", name="王")
    notify.hear("booking_approved")
    notify.settle()
    (mail,) = notify.mailbox()
    assert (mail["locale"], mail["subject"]) == ("en", "Classroom 1 is yours: Fri 20 March, 10:00–12:00")


def test_event_redelivered_five_times_is_one_message(notify):
    notify.join("hong@example.com")
    event_id = notify.hear("booking_approved")
    for _ in range(4):
        notify.hear("booking_approved", event_id=event_id)
    notify.settle()
    assert len(notify.mailbox()) == 1


def test_event_that_the_inbox_has_forgotten_is_still_one_message(notify):
    notify.join("hong@example.com")
    event_id = notify.hear("booking_approved")
    notify.settle()
    notify.bench.database("notify").transaction(lambda session: session.execute(delete(inbox)))
    notify.hear("booking_approved", event_id=event_id)
    notify.settle()
    assert len(notify.mailbox()) == len(notify.messages()) == 1


def test_person_without_contact_details_is_listed_as_skipped(notify):
    event_id = notify.hear("booking_approved", requester_id="nobody-yet")
    notify.settle()
    assert notify.mailbox() == []
    message = notify.message()
    assert (message["person_id"], message["event_id"]) == ("nobody-yet", event_id)
    assert (message["status"], message["reason"], message["attempts"]) == ("skipped", "contact_missing", 0)
    assert notify.published() == []


def test_booking_of_nobody_in_particular_is_no_message_and_no_failure(notify):
    """A course's, or one whose person was erased."""
    notify.hear("booking_cancelled", requester_id="", kind="course")
    notify.settle()
    assert notify.messages() == []
    dead = select(func.count()).select_from(inbox).where(inbox.c.state != "done")
    assert notify.bench.database("notify").transaction(lambda session: session.scalar(dead)) == 0


def test_message_sent_is_published_without_an_address_in_the_chain_of_its_event(notify):
    notify.join("hong@example.com")
    event_id = notify.hear("booking_approved")
    notify.settle()
    (sent,) = notify.published()
    message = notify.message()
    assert sent["type"] == "madang.notify.message_sent.v1"
    assert sent["data"] == {
        "message_id": message["id"],
        "event_id": event_id,
        "person_id": "resident-1",
        "category": "mandatory",
        "channel": "email",
        "template": "booking_approved",
        "locale": "ko",
        "status": "sent",
        "attempts": 1,
    }
    assert (sent["causationid"], sent["subject"]) == (event_id, message["id"])
    assert sent["correlationid"] == notify.rows()[0].correlation_id != ""
    assert "@" not in str(sent)


def test_no_message_row_has_an_address(notify):
    notify.join("hong@example.com")
    notify.hear("booking_rejected", requester_id="resident-1")
    notify.settle()
    for row in notify.rows() + notify.attempts():
        assert "hong@" not in " ".join(str(getattr(row, column.key)) for column in row.__table__.columns)


def test_staff_find_messages_by_status_and_person_page_by_page(notify):
    notify.join("hong@example.com")
    expected = [notify.hear("booking_approved") for _ in range(3)]
    notify.hear("booking_approved", requester_id="nobody-yet")
    notify.settle()
    assert {message["event_id"] for message in notify.messages(status="sent")} == set(expected)
    assert [message["status"] for message in notify.messages(person_id="nobody-yet")] == ["skipped"]
    with notify.bench.acting(STAFF) as rpc:
        everything = rpc.notify.list_messages()["items"]
        page = rpc.notify.list_messages(limit=3)
        rest = rpc.notify.list_messages(limit=3, cursor=page["next_cursor"])
    assert page["items"] + rest["items"] == everything
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)
    assert "body" not in everything[0]


def test_mailbox_is_paged_and_refuses_a_cursor_that_is_none(notify):
    notify.join("hong@example.com")
    for _ in range(3):
        notify.hear("booking_approved")
    notify.settle()
    with notify.bench.acting() as rpc:
        page = rpc.notify.list_mailbox(limit=2)
        rest = rpc.notify.list_mailbox(limit=2, cursor=page["next_cursor"])
        assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)
        with pytest.raises(Invalid):
            rpc.notify.list_mailbox(cursor="everything")


def test_messages_are_for_staff_alone(notify):
    for actor in (RESIDENT, None):
        with notify.bench.acting(actor) as rpc, pytest.raises(Forbidden):
            rpc.notify.list_messages()


def test_mailbox_is_not_there_without_the_development_login(notify_with):
    with notify_with(dev_login=False).bench.acting(STAFF) as rpc, pytest.raises(NotFound):
        rpc.notify.list_mailbox()
