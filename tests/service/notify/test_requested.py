"""Outside services ask that people be told: any AMQP client may, and is served as Madang's own services are."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import ids
from services.chassis.tables import inbox
from tests.people import STAFF

WORDS = {"title": "도서관이 다시 열립니다", "text": "월요일 9시부터 이용하실 수 있습니다."}


@pytest.fixture
def ask(notify):
    """ask(words=...): the district's library asks; the event's id is returned."""
    notify.join("hong@example.com")

    def asked(*, event_id="", exchange="district", **data):
        event_id = event_id or ids.new_id()
        event = {
            "specversion": "1.0",
            "id": event_id,
            "source": "/seogu/library",
            "type": "kr.seogu.library.notification_requested.v1",
            "data": {"person_ids": ["resident-1"], "template": "notice", "words": WORDS, **data},
        }
        notify.bench.publish(exchange, "notification_requested", event)
        notify.settle()
        return event_id

    return asked


def dead(notify) -> list[str]:
    """The reasons of what was refused."""
    chosen = select(inbox.c.error).where(inbox.c.state == "dead", inbox.c.consumer == "serve_notification")
    return notify.bench.database("notify").transaction(lambda session: list(session.scalars(chosen)))


def test_people_are_told_what_an_outside_service_asks(notify, ask):
    event_id = ask()
    (mail,) = notify.mailbox()
    assert (mail["to"], mail["subject"]) == ("hong@example.com", "도서관이 다시 열립니다")
    assert mail["body"].startswith("홍길동 님,\n\n월요일 9시부터")
    message = notify.message()
    assert (message["event_id"], message["category"], message["template"]) == (event_id, "service", "notice")


def test_event_that_comes_ten_times_is_one_message(notify, ask):
    event_id = ask()
    for _ in range(9):
        ask(event_id=event_id)
    assert len(notify.mailbox()) == len(notify.messages()) == 1


def test_words_are_in_the_language_of_who_reads_them(notify, ask):
    notify.join("smith@example.com", person="resident-2", locale="en", name="Smith")
    title = {"ko": "도서관이 다시 열립니다", "en": "The library opens again"}
    ask(person_ids=["resident-1", "resident-2", "resident-1"], words={**WORDS, "title": title})
    assert {each["to"]: each["subject"] for each in notify.mailbox()} == {
        "hong@example.com": "도서관이 다시 열립니다",
        "smith@example.com": "The library opens again",
    }


def test_template_of_its_own_is_filled_with_the_words_that_it_declares(notify, ask):
    with notify.bench.acting(STAFF) as rpc:
        for locale in ("ko", "en"):
            rpc.notify.put_template(
                key="library_reopened",
                channel="email",
                locale=locale,
                source="{{ library }}\n{{ opens_at }}",
                variables=["library", "opens_at"],
            )
            if locale == "ko":
                ask(template="library_reopened", words={"library": "가정도서관", "opens_at": "9시"})
                assert "library_reopened" in dead(notify)[0]  # nobody could read it in English
    ask(template="library_reopened", words={"library": "가정도서관", "opens_at": "9시"})
    (mail,) = notify.mailbox()
    assert (mail["subject"], mail["body"]) == ("가정도서관", "9시\n")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"template": "never_written"}, "never_written"),
        ({"words": {"title": "제목"}}, "text"),
        ({"words": {**WORDS, "colour": "red"}}, "colour"),
        ({"person_ids": ["resident-1", "nobody-yet"]}, "nobody-yet"),
        ({"person_ids": []}, "person_ids"),
        ({"person_ids": "resident-1"}, "person_ids"),
        ({"words": {**WORDS, "text": "x" * 1_000_000}}, "text"),
        ({"words": {**WORDS, "title": "제목\x00"}}, "title"),
        ({"category": "urgent"}, "category"),
        ({"send_at": "tomorrow"}, "send_at"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_served_is_refused_at_once_and_nobody_hears_of_it(notify, ask, wrong, reason):
    ask(**wrong)
    (refused,) = dead(notify)
    assert reason in refused
    assert notify.messages() == notify.mailbox() == []


def test_all_reasons_are_told_together(notify, ask):
    ask(person_ids=["nobody-yet"], words={"colour": "red"})
    (refused,) = dead(notify)
    assert all(reason in refused for reason in ("nobody-yet", "colour", "title"))


def test_title_cannot_bring_a_header_of_its_own(notify, ask):
    ask(words={**WORDS, "title": "안내\r\nBcc: x@example.com"})
    (mail,) = notify.mailbox()
    assert mail["subject"] == "안내 Bcc: x@example.com"
    assert mail["to"] == "hong@example.com"


def test_nothing_goes_out_before_its_time(notify, ask):
    ask(send_at="2020-03-11T09:00:00+09:00")
    assert (notify.mailbox(), notify.message()["status"]) == ([], "queued")
    notify.bench.move_clock(datetime.fromisoformat("2020-03-11T09:00:00+09:00"))
    notify.settle()
    assert len(notify.mailbox()) == 1


def test_service_that_is_configured_beside_the_district_is_heard(notify_with):
    notify = notify_with(outside_sources=("district", "library"))
    notify.join("hong@example.com")
    event = {
        "specversion": "1.0",
        "id": ids.new_id(),
        "source": "/library",
        "type": "kr.library.notification_requested.v1",
        "data": {"person_ids": ["resident-1"], "template": "notice", "words": WORDS},
    }
    notify.bench.publish("library", "notification_requested", event)
    notify.settle()
    assert len(notify.mailbox()) == 1


def test_example_of_the_documents_works(notify):
    """docs/integrating.md, word for word."""
    notify.join("minji@example.com", person="minji", name="김민지")
    text = Path("docs/integrating.md").read_text(encoding="utf-8")
    (example,) = [
        each for each in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "notification_requested" in each
    ]
    exec(compile(example, "docs/integrating.md", "exec"), {"uri": notify.bench.config.amqp_uri})
    notify.settle()
    (mail,) = notify.mailbox()
    assert (mail["to"], mail["subject"]) == ("minji@example.com", "도서관이 다시 열립니다")
