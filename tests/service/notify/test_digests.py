"""One closure, one message per person: scenarios 17 to 19."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from services.chassis import clock, ids
from services.notify.models import Message
from services.notify.models.texts import Digest, DigestItem

BOOKERS = [f"person-{number:02}" for number in range(17)]
LEARNERS = [f"person-{number:02}" for number in range(11, 63)]
"""52, of whom 6 have booked as well: 63 people in all."""
LOCALES = {"person-00": "en", "person-30": "en", "person-62": "zh"}
CLOSURE = "closure-1"


@pytest.fixture
def centre(notify):
    for number in range(63):
        person = f"person-{number:02}"
        notify.join(f"{person}@example.com", person=person, locale=LOCALES.get(person, "ko"))
    return notify


def close(centre, *, closure: str = CLOSURE) -> list[tuple[str, str, dict]]:
    told = fallen(closure)
    publish(centre, told)
    return told


def fallen(closure: str) -> list[tuple[str, str, dict]]:
    """23 bookings of 17 people and 3 sessions with 52 people: event, id, data."""
    told = []
    for number in range(23):
        data = {"requester_id": BOOKERS[number % 17], "closure_id": closure, "title": f"모임 {number}"}
        told.append(("booking_cancelled", ids.new_id(), data))
    for number in range(3):
        told.append(("session_cancelled", ids.new_id(), session(LEARNERS[number::3], closure)))
    return told


def session(enrolled: list[str], closure: str) -> dict:
    return {
        "enrolled": enrolled,
        "title": "마을기업 첫걸음",
        "space_names": {"ko": "교육장 2", "en": "Classroom 2"},
        "start": "2020-03-17T19:00:00+09:00",
        "end": "2020-03-17T21:00:00+09:00",
        "reason_code": "closure",
        "note": None,
        "closure_id": closure,
    }


def publish(centre, told) -> None:
    for event, event_id, data in told:
        if event == "session_cancelled":
            centre.tell("training", event, event_id, data)
        else:
            centre.hear(event, event_id=event_id, **data)
    centre.settle()


def later(centre, **by) -> None:
    centre.bench.move_clock(clock.now() + timedelta(**by))
    centre.settle()


def mails(centre) -> list[Message]:
    return [each for each in centre.rows() if each.template == "closure_digest"]


def test_closure_is_63_digests_in_three_languages(centre):
    close(centre)
    assert mails(centre) == []
    later(centre, minutes=10)
    written = mails(centre)
    assert len(written) == len({each.person_id for each in written}) == 63
    assert Counter(each.locale for each in written) == {"ko": 60, "en": 3}
    assert {each.person_id for each in written if each.locale == "en"} == {"person-00", "person-30", "person-62"}
    assert {each.status for each in written} == {"sent"}
    assert {each.category for each in written} == {"mandatory"}
    assert len(centre.rows()) == 63, "and nothing besides"


def test_digest_lists_what_fell_in_its_order_with_the_reason(centre):
    close(centre)
    later(centre, minutes=10)
    both = next(each for each in mails(centre) if each.person_id == "person-11")
    assert both.subject == "[취소 안내] 2건이 취소되었습니다"
    assert both.body == (
        "홍길동 님,\n\n센터 사정으로 다음 일정이 취소되었습니다. 내신 이용료는 센터 규정대로 돌려드립니다.\n\n"
        "이유: 코로나19 확산 방지\n\n"
        "- 3월 17일 (화) 19:00–21:00 · 교육장 2 · 마을기업 첫걸음\n"
        "- 3월 27일 (금) 10:00–12:00 · 교육장 1 · 모임 11\n\n"
        "불편을 드려 죄송합니다.\n\n서구 사회적경제마을지원센터\n"
    )


def test_closure_that_is_redelivered_five_times_is_still_63(centre):
    told = close(centre)
    for _ in range(2):
        publish(centre, told)
    later(centre, minutes=10)
    for _ in range(3):
        publish(centre, told)
    later(centre, hours=2)
    assert len(mails(centre)) == 63
    assert {each.closed_at is not None for each in centre.read(Digest)} == {True}


def test_extension_tells_only_the_newly_affected(centre):
    close(centre)
    later(centre, minutes=10)
    newly = [
        ("booking_cancelled", ids.new_id(), {"requester_id": BOOKERS[number], "closure_id": CLOSURE})
        for number in (0, 3)
    ]
    publish(centre, newly)
    publish(centre, [("closure_extended", ids.new_id(), {"closure_id": CLOSURE})])
    later(centre, minutes=10)
    assert Counter(each.person_id for each in mails(centre)[63:]) == {"person-00": 1, "person-03": 1}
    publish(centre, [("closure_lifted", ids.new_id(), {"closure_id": CLOSURE})])
    later(centre, hours=2)
    assert len(centre.rows()) == 65


def test_digest_waits_for_quiet_but_not_for_ever(notify):
    notify.join("hong@example.com")
    for _ in range(12):  # an item every 7 minutes: never quiet for 10
        notify.hear("booking_cancelled", closure_id=CLOSURE)
        notify.settle()
        later(notify, minutes=7)
    opened = datetime.fromisoformat("2020-03-10T09:00:00+09:00")
    assert [each.created_at for each in mails(notify)] == [opened + timedelta(minutes=63)]
    assert len(notify.read(DigestItem)) == 12
    later(notify, minutes=10)
    assert [each.subject for each in mails(notify)] == [
        "[취소 안내] 9건이 취소되었습니다",
        "[취소 안내] 3건이 취소되었습니다",
    ]


def test_two_closures_are_two_digests_and_a_cancellation_of_ones_own_is_a_message(notify):
    notify.join("hong@example.com")
    for closure in (CLOSURE, "closure-2", None):
        notify.hear("booking_cancelled", closure_id=closure)
    notify.settle()
    later(notify, minutes=10)
    assert sorted(each.template for each in notify.rows()) == ["booking_cancelled", "closure_digest", "closure_digest"]
