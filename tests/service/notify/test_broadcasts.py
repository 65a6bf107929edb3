"""What staff write to many at once: looked at, counted, tried, sent once to everybody, or cancelled before."""

import sys
from datetime import datetime

import pytest

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound, Refused, StaleVersion
from services.notify import usecases
from services.notify.models import Mail
from services.notify.models.audiences import Broadcast
from tests.people import AUDITOR, DIRECTOR, RESIDENT, STAFF

TEXTS = {
    "ko": {"subject": "봄맞이 대청소", "body": "토요일 10시에 마당에서 만납니다."},
    "en": {"subject": "Spring cleaning", "body": "We meet in the yard on Saturday at 10."},
}
NOTICE = {
    "category": "service",
    "audience": {"kind": "course", "key": "c-1"},
    "channels": ["email", "inbox"],
    "texts": TEXTS,
}
ADVERT = {**NOTICE, "category": "advertising"}
EVENING = datetime.fromisoformat("2020-03-10T19:00:00+09:00")


def person(number: int) -> str:
    return f"resident-{number:03}"


@pytest.fixture
def course(notify):
    """Five people are enrolled; the second reads English, the fifth has said nothing of where they are reached."""
    for number in range(1, 6):
        enrol(notify, person(number))
        if number < 5:
            locale = "en" if number == 2 else "ko"
            notify.join(f"p{number}@example.com", person=person(number), name=f"사람{number}", locale=locale)
    notify.settle()
    return notify


def enrol(notify, person_id):
    data = {"course_id": "c-1", "field": "both", "title": "첫걸음", "person_id": person_id}
    notify.tell("training", "enrolment_confirmed", f"e-{person_id}", {"enrolment_id": f"e-{person_id}", **data})


@pytest.fixture
def rpc(notify):
    with notify.bench.acting(STAFF) as proxy:
        yield proxy


def told(notify) -> dict:
    """Mails of the course's people by their address; what else they heard by being enrolled is left out."""
    mails = [each for each in notify.mailbox() if "Spring" in each["subject"] or "봄맞이" in each["subject"]]
    assert len({each["to"] for each in mails}) == len(mails)
    return {each["to"]: each for each in mails}


def test_everybody_of_the_audience_is_told_once_in_their_language(course, rpc):
    draft = rpc.notify.create_broadcast(**NOTICE)
    course.settle()
    assert (draft["state"], told(course)) == ("draft", {})
    sent = rpc.notify.send_broadcast(broadcast_id=draft["id"])
    assert (sent["state"], sent["send_at"]) == ("scheduled", "2020-03-10T09:00:00+09:00")
    course.settle()
    mails = told(course)
    assert {to: each["subject"] for to, each in mails.items()} == {
        "p1@example.com": "봄맞이 대청소",
        "p2@example.com": "Spring cleaning",
        "p3@example.com": "봄맞이 대청소",
        "p4@example.com": "봄맞이 대청소",
    }
    assert mails["p1@example.com"]["body"].startswith("사람1 님,\n\n토요일 10시에")
    done = rpc.notify.get_broadcast(broadcast_id=draft["id"])
    assert (done["state"], done["people"], done["finished_at"]) == ("sent", 5, "2020-03-10T09:00:00+09:00")
    assert done["progress"] == {
        "messages": {"sent": 9, "skipped": 1},
        "channels": {"email": {"sent": 4, "skipped": 1}, "inbox": {"sent": 5}},
        "skipped": {"contact_missing": 1},
    }


def test_batch_that_is_told_again_tells_nobody_twice(course, rpc):
    """As if the worker had died after the messages and before the place that it had come to: both are one commit, and
    even if they were not, who has a message gets no second one.
    """
    draft = rpc.notify.create_broadcast(**NOTICE)
    rpc.notify.send_broadcast(broadcast_id=draft["id"])
    course.settle()

    def back(session):
        broadcast = session.get(Broadcast, draft["id"])
        broadcast.state, broadcast.last_person_id = "sending", person(2)

    course.bench.database("notify").transaction(back)
    course.settle()
    assert len(told(course)) == 4
    assert rpc.notify.get_broadcast(broadcast_id=draft["id"])["progress"]["messages"] == {"sent": 9, "skipped": 1}


def test_sent_twice_at_once_is_sent_once(course, rpc):
    draft = rpc.notify.create_broadcast(**NOTICE)
    with course.bench.acting(STAFF, idempotency_key="send-1") as twice:
        first = twice.notify.send_broadcast(broadcast_id=draft["id"])
        assert twice.notify.send_broadcast(broadcast_id=draft["id"]) == first
    with pytest.raises(IllegalTransition):
        rpc.notify.send_broadcast(broadcast_id=draft["id"])
    course.settle()
    assert len(told(course)) == 4


def test_scheduled_broadcast_goes_out_at_its_time_to_who_belongs_then(course, rpc):
    draft = rpc.notify.create_broadcast(**NOTICE)
    rpc.notify.send_broadcast(broadcast_id=draft["id"], send_at=EVENING.isoformat())
    course.settle()
    assert told(course) == {}
    enrol(course, person(6))
    course.join("p6@example.com", person=person(6))
    course.settle()
    course.bench.move_clock(EVENING)
    course.settle()
    assert len(told(course)) == 5


def test_scheduled_broadcast_is_cancelled_before_its_time_and_not_after(course, rpc):
    first, second = (rpc.notify.create_broadcast(**NOTICE)["id"] for _ in range(2))
    for each in (first, second):
        rpc.notify.send_broadcast(broadcast_id=each, send_at=EVENING.isoformat())
    assert rpc.notify.cancel_broadcast(broadcast_id=first)["state"] == "cancelled"
    course.bench.move_clock(EVENING)
    course.settle()
    assert len(told(course)) == 4
    for each in (first, second):
        with pytest.raises(IllegalTransition):
            rpc.notify.cancel_broadcast(broadcast_id=each)
    with pytest.raises(IllegalTransition):
        rpc.notify.send_broadcast(broadcast_id=first)


def test_recipients_are_counted_with_the_reasons_of_those_who_get_nothing(course, rpc):
    with course.bench.acting(Actor(person(1), "사람1")) as muting:
        muting.notify.put_preferences(choices={"service": {"email": False}})
    with course.bench.acting(Actor(person(2), "Person 2")) as quiet:
        quiet.notify.put_preferences(quiet={"from": "08:00", "until": "10:00"})
    draft = rpc.notify.create_broadcast(**{**NOTICE, "channels": ["email", "inbox", "sms"]})
    counted = rpc.notify.count_recipients(broadcast_id=draft["id"])
    assert (counted["people"], counted["reached"], counted["languages"]) == (5, 5, {"ko": 3, "en": 2})
    by_channel = {each.pop("channel"): each for each in counted["channels"]}
    assert by_channel == {
        "email": {"goes": 2, "waits": 1, "skipped": {"muted": 1, "contact_missing": 1}},
        "inbox": {"goes": 5, "waits": 0, "skipped": {}},
        "sms": {"goes": 0, "waits": 0, "skipped": {"contact_missing": 5}},
    }


def test_what_was_counted_is_what_happens(course, rpc):
    with course.bench.acting(Actor(person(1), "사람1")) as consenting:
        consenting.notify.put_preferences(consents={"advertising": True})
    draft = rpc.notify.create_broadcast(**ADVERT)
    counted = rpc.notify.count_recipients(broadcast_id=draft["id"])
    assert counted["reached"] == 1
    by_channel = {each["channel"]: each for each in counted["channels"]}
    assert by_channel["email"]["skipped"] == {"consent_missing": 3, "contact_missing": 1}
    rpc.notify.send_broadcast(broadcast_id=draft["id"])
    course.settle()
    assert list(told(course)) == ["p1@example.com"]
    progress = rpc.notify.get_broadcast(broadcast_id=draft["id"])["progress"]
    assert progress["channels"]["email"] == {"sent": 1, "skipped": 4}
    assert progress["skipped"] == {"consent_missing": 7, "contact_missing": 1}


def test_advertising_is_marked_and_consent_counts_when_it_is_sent_not_when_it_is_queued(course, rpc):
    for number in (1, 3):
        with course.bench.acting(Actor(person(number), "사람")) as consenting:
            consenting.notify.put_preferences(consents={"advertising": True}, quiet={"from": "08:00", "until": "18:00"})
    draft = rpc.notify.create_broadcast(**{**ADVERT, "channels": ["email"]})
    rpc.notify.send_broadcast(broadcast_id=draft["id"])
    course.settle()
    assert told(course) == {}  # queued, and quiet until the evening
    with course.bench.acting(Actor(person(3), "사람")) as leaving:
        leaving.notify.put_preferences(consents={"advertising": False})
    course.bench.move_clock(EVENING)
    course.settle()
    (mail,) = told(course).values()
    assert mail["to"] == "p1@example.com"
    assert mail["subject"].startswith("(광고) 봄맞이")
    assert mail["body"].startswith("(광고) ")
    assert "032-563-0000" in mail["body"]
    assert mail["body"].endswith("무료 수신거부 080-563-0000\n")


def test_preview_shows_each_channel_and_language_to_a_sample_person(rpc):
    content = {name: ADVERT[name] for name in ("category", "texts")}
    items = rpc.notify.preview_broadcast(**content, channels=["email", "sms"])["items"]
    assert [(each["channel"], each["locale"]) for each in items] == [
        ("email", "ko"),
        ("lms", "ko"),
        ("email", "en"),
        ("lms", "en"),
    ]
    assert items[0]["body"].startswith("(광고) 홍길동 님,")
    assert items[0]["size"] is None
    assert items[1]["size"] == len(items[1]["body"].strip().encode("cp949"))


def test_text_that_no_phone_can_take_is_refused(rpc):
    long = {**NOTICE, "channels": ["sms"], "texts": {"ko": {"subject": "제목", "body": "가" * 1000}}}
    for ask in (rpc.notify.create_broadcast, lambda **given: rpc.notify.preview_broadcast(**_content(given))):
        with pytest.raises(Refused, match="2000"):
            ask(**long)
    assert rpc.notify.create_broadcast(**{**long, "channels": ["email"]})["state"] == "draft"


def _content(broadcast):
    return {name: each for name, each in broadcast.items() if name != "audience"}


def test_notice_over_kakaotalk_needs_an_approved_template_in_every_language(rpc):
    with pytest.raises(Refused) as caught:
        rpc.notify.create_broadcast(**{**NOTICE, "channels": ["alimtalk"]})
    assert [each.code for each in caught.value.refusals] == ["template_not_approved"]
    for locale in ("ko", "en"):
        which = {"key": "notice", "channel": "alimtalk", "locale": locale}
        rpc.notify.put_template(**which, source="{{ title }}\n{{ text }}\n{{ sender }}")
        for approval in ("REQ", "APR"):
            rpc.notify.move_approval(**which, approval=approval)
    assert rpc.notify.create_broadcast(**{**NOTICE, "channels": ["alimtalk"]})["state"] == "draft"


def test_channel_that_nothing_carries_is_refused(notify_with):
    with notify_with(dev_login=False, smtp_urls=("smtp://127.0.0.1:9",)).bench.acting(STAFF) as rpc:
        with pytest.raises(Refused, match="sms"):
            rpc.notify.create_broadcast(**{**NOTICE, "channels": ["email", "sms"]})
        assert rpc.notify.create_broadcast(**NOTICE)["state"] == "draft"


def test_test_goes_to_oneself_alone_with_consent_or_without(course, rpc):
    draft = rpc.notify.create_broadcast(**ADVERT)
    with pytest.raises(Refused) as caught:
        rpc.notify.send_test(broadcast_id=draft["id"])
    assert [each.code for each in caught.value.refusals] == ["contact_missing"]
    rpc.notify.put_contact(email="staff@example.com", locale="en")
    assert rpc.notify.send_test(broadcast_id=draft["id"]) == {"messages": 2}
    rpc.notify.send_test(broadcast_id=draft["id"])
    course.settle()
    mails = [each for each in course.mailbox() if "Spring" in each["subject"]]
    assert [each["to"] for each in mails] == ["staff@example.com"] * 2
    assert mails[0]["subject"] == "(광고) Spring cleaning"
    after = rpc.notify.get_broadcast(broadcast_id=draft["id"])
    assert (after["state"], after["progress"]["messages"]) == ("draft", {})


def test_draft_is_changed_by_who_read_its_last_version(rpc):
    draft = rpc.notify.create_broadcast(**NOTICE)
    changed = rpc.notify.change_broadcast(**{**NOTICE, "channels": ["inbox"]}, broadcast_id=draft["id"], version=1)
    assert (changed["channels"], changed["version"]) == (["inbox"], 2)
    with pytest.raises(StaleVersion):
        rpc.notify.change_broadcast(**NOTICE, broadcast_id=draft["id"], version=1)
    with pytest.raises(StaleVersion):
        rpc.notify.send_broadcast(broadcast_id=draft["id"], version=1)
    with pytest.raises(NotFound):
        rpc.notify.change_broadcast(**NOTICE, broadcast_id="never-written")


def test_broadcast_to_nobody_or_into_the_past_is_refused(course, rpc):
    empty = rpc.notify.create_broadcast(**{**NOTICE, "audience": {"kind": "network"}})
    with pytest.raises(Refused):
        rpc.notify.send_broadcast(broadcast_id=empty["id"])
    draft = rpc.notify.create_broadcast(**NOTICE)
    with pytest.raises(Invalid):
        rpc.notify.send_broadcast(broadcast_id=draft["id"], send_at="2020-03-10T08:59:59+09:00")
    assert rpc.notify.get_broadcast(broadcast_id=draft["id"])["state"] == "draft"


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "mandatory"},
        {"channels": []},
        {"channels": ["webhook"]},
        {"channels": ["pigeon"]},
        {"texts": {}},
        {"texts": {"zh": TEXTS["ko"]}},
        {"texts": {"ko": {"subject": "", "body": "글"}}},
        {"texts": {"ko": {"subject": "제목", "body": "  "}}},
        {"texts": {"ko": {"subject": "제목\r\nBcc: x@example.com", "body": "글"}}},
        {"texts": {"ko": {"subject": "제목\u2028Bcc: x@example.com", "body": "글"}}},
        {"texts": {"ko": {"subject": "가" * 201, "body": "글"}}},
        {"texts": {"ko": {"subject": "제목", "body": "가" * 1_000_000}}},
        {"texts": {"ko": {"subject": "제목", "body": "글\x00"}}},
        {"audience": {"kind": "course"}},
        {"audience": {"kind": "staff", "key": "c-1"}},
        {"audience": {"kind": "friends"}},
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_is_no_broadcast_is_refused_and_nothing_is_kept(rpc, wrong):
    with pytest.raises(Invalid):
        rpc.notify.create_broadcast(**{**NOTICE, **wrong})
    assert rpc.notify.list_broadcasts()["items"] == []


def test_text_is_no_template(course, rpc):
    text = {"subject": "{{ name }}", "body": "{{ ''.__class__ }} {% for each in range(10**9) %}"}
    draft = rpc.notify.create_broadcast(**{**NOTICE, "texts": {"ko": text}})
    rpc.notify.send_broadcast(broadcast_id=draft["id"])
    course.settle()
    mail = course.mailbox()[0]
    assert mail["subject"] == "{{ name }}"
    assert "{{ ''.__class__ }} {% for each in range(10**9) %}" in mail["body"]


def test_list_is_paged_and_found_by_state(course, rpc):
    written = [rpc.notify.create_broadcast(**NOTICE)["id"] for _ in range(3)]
    rpc.notify.cancel_broadcast(broadcast_id=written[0])
    page = rpc.notify.list_broadcasts(limit=2)
    rest = rpc.notify.list_broadcasts(limit=2, cursor=page["next_cursor"])
    assert [each["id"] for each in page["items"] + rest["items"]] == written[::-1]
    assert [each["id"] for each in rpc.notify.list_broadcasts(state="cancelled")["items"]] == written[:1]


def test_who_did_what_is_on_record(course, rpc):
    draft = rpc.notify.create_broadcast(**NOTICE)
    rpc.notify.send_broadcast(broadcast_id=draft["id"], send_at=EVENING.isoformat())
    rpc.notify.cancel_broadcast(broadcast_id=draft["id"])
    with course.bench.acting(AUDITOR) as auditor:
        log = auditor.notify.list_decisions(subject_id=draft["id"])["items"]
    assert [(each["action"], each["after"]["state"]) for each in log] == [
        ("cancel", "cancelled"),
        ("send", "scheduled"),
        ("create", "draft"),
    ]
    assert {each["actor_id"] for each in log} == {STAFF.id}


def test_audiences_are_counted(course, rpc):
    rpc.notify.put_contact(email="staff@example.com", locale="en")
    counted = {(each["kind"], each["key"]): each["people"] for each in rpc.notify.list_audiences()["items"]}
    assert counted == {
        ("everyone", ""): 5,
        ("staff", ""): 1,
        ("tenants", ""): 0,
        ("activists", ""): 0,
        ("network", ""): 0,
        ("field", "social_economy"): 5,
        ("field", "village_community"): 5,
    }
    with pytest.raises(Forbidden):
        rpc.notify.forget_staff(person_id=STAFF.id)
    with course.bench.acting(DIRECTOR) as director:
        director.notify.forget_staff(person_id=STAFF.id)
        assert director.notify.list_audiences()["items"][1]["people"] == 0
        with pytest.raises(NotFound):
            director.notify.forget_staff(person_id=STAFF.id)


def test_many_people_are_told_in_batches_each_once(notify, rpc, monkeypatch):
    fan_out = sys.modules[usecases.fan_out_broadcasts.__module__]
    monkeypatch.setattr(fan_out, "BATCH", 7)
    monkeypatch.setattr(fan_out, "AHEAD", 20)
    people = [person(number) for number in range(100, 150)]
    for each in people:
        notify.join(f"{each}@example.com", person=each)
    draft = rpc.notify.create_broadcast(**{**NOTICE, "audience": {"kind": "everyone"}})
    rpc.notify.send_broadcast(broadcast_id=draft["id"])
    notify.settle()
    assert sorted(each.recipient for each in notify.read(Mail)) == [f"{each}@example.com" for each in people]
    done = rpc.notify.get_broadcast(broadcast_id=draft["id"])
    assert (done["state"], done["people"], done["progress"]["messages"]) == ("sent", 50, {"sent": 100})


def test_broadcasts_are_for_staff_alone(course, rpc):
    draft = rpc.notify.create_broadcast(**NOTICE)["id"]
    for actor in (RESIDENT, AUDITOR, None):
        with course.bench.acting(actor) as other:
            for ask in (
                other.notify.list_audiences,
                lambda: other.notify.create_broadcast(**NOTICE),
                lambda: other.notify.change_broadcast(**NOTICE, broadcast_id=draft),
                lambda: other.notify.preview_broadcast(**_content(NOTICE)),
                lambda: other.notify.count_recipients(broadcast_id=draft),
                lambda: other.notify.send_test(broadcast_id=draft),
                lambda: other.notify.send_broadcast(broadcast_id=draft),
                lambda: other.notify.cancel_broadcast(broadcast_id=draft),
            ):
                with pytest.raises(Forbidden):
                    ask()
    assert rpc.notify.get_broadcast(broadcast_id=draft)["state"] == "draft"
