"""Scenarios 36 and 37 through the worker, to a real provider of texts: what is decided when a message is sent.

The rules by themselves: tests/unit/notify/test_sending.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.chassis import clock, ids
from services.chassis.context import Actor, Context
from services.chassis.errors import Refused
from services.notify import queries, rendering
from services.notify.domain.message import Category, Channel
from services.notify.usecases.tell import Desk, Occasion, tell
from tests.people import RESIDENT
from tests.service.notify.conftest import Correspondents
from tests.service.notify.deliver_once import letterhead
from tests.service.notify.outbound import StandIn

SECOND = timedelta(seconds=1)
TEMPLATE = "closure_lifted"
"""Any that is shipped: what makes a message advertising is its category."""


def on(moment: str, day: str = "2020-03-10") -> datetime:
    return datetime.fromisoformat(f"{day}T{moment}+09:00")


@dataclass
class Fair:
    """A centre that has a market to advertise, and a resident with a phone who has consented to hear of it."""

    notify: Correspondents
    texts: StandIn

    def at(self, moment: datetime) -> None:
        self.notify.bench.move_clock(moment)
        self.notify.settle()

    def consent(self, **consents: bool) -> None:
        with self.notify.bench.acting(RESIDENT) as rpc:
            rpc.notify.put_preferences(consents=consents)

    def advertise(self, channel: Channel = Channel.SMS) -> None:
        words = {"space": "소통공간", "when": "3월 14일 (토) 10:00", "reason": ""}
        offered = {name: words.get(name, "") for name in rendering.OFFERED[TEMPLATE]}
        occasion = Occasion(ids.new_id(), Category.ADVERTISING, TEMPLATE, lambda _: offered, (channel,))
        desk = Desk(letterhead(), rendering.installed(), "centre.example", frozenset({Channel.SMS, Channel.LMS}))

        def queue(session: Any) -> int:
            contacts = queries.contacts(session, [RESIDENT.id])
            return tell(session, occasion, contacts, desk=desk, context=Context.begin(), now=clock.now())

        assert self.notify.bench.database("notify").transaction(queue) == 1
        self.notify.settle()

    def sent(self) -> list[str]:
        return [each["text"] for each in self.texts.taken()]

    def states(self) -> list[tuple[str, str | None]]:
        return [(each.status, each.reason) for each in self.notify.rows()]


@pytest.fixture
def fair(notify_with, stand_in) -> Fair:
    made = Fair(notify_with(sms_urls=(stand_in.url,)), stand_in)
    with made.notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.put_contact(email="hong@example.com", phone="010-1234-5678", locale="ko")
    made.consent(advertising=True)
    return made


def test_advertising_sms_queued_at_22_00_is_sent_at_08_00(fair: Fair):
    fair.at(on("22:00"))
    fair.advertise()
    fair.at(on("08:00", "2020-03-11") - SECOND)
    assert (fair.sent(), fair.states()) == ([], [("queued", None)])
    fair.at(on("08:00", "2020-03-11"))
    assert (len(fair.sent()), fair.states()) == (1, [("sent", None)])


def test_advertising_sms_is_sent_at_20_59_59_and_held_at_21_00_00(fair: Fair):
    fair.at(on("20:59:59"))
    fair.advertise()
    assert len(fair.sent()) == 1
    fair.at(on("21:00:00"))
    fair.advertise()
    assert (len(fair.sent()), fair.states()) == (1, [("sent", None), ("queued", None)])


def test_cancellation_at_22_00_is_sent(fair: Fair):
    fair.at(on("22:00"))
    fair.notify.hear("booking_cancelled", closure_id=None)
    fair.notify.settle()
    assert (len(fair.sent()), fair.states()) == (1, [("sent", None)] * 2)
    assert "(광고)" not in fair.sent()[0]


def test_advertising_mail_is_sent_at_night(fair: Fair):
    fair.at(on("22:00"))
    fair.advertise(Channel.EMAIL)
    (mail,) = fair.notify.mailbox()
    assert mail["subject"].startswith("(광고) ")


def test_night_consent_sends_at_night_with_mark_sender_and_opt_out(fair: Fair):
    fair.consent(night=True)
    fair.at(on("22:00"))
    fair.advertise()
    (text,) = fair.sent()
    assert text.startswith("(광고) ")
    assert "서구 사회적경제마을지원센터 032-563-0000" in text
    assert text.rstrip().endswith("무료 수신거부 080-563-0000")


@pytest.mark.parametrize("moment", ["12:00", "22:00"])
def test_opting_out_between_queueing_and_sending_wins(fair: Fair, moment):
    fair.texts.stop()  # so that what is queued at noon is still to be sent, too
    fair.at(on(moment))
    fair.advertise()
    assert fair.states()[0][0] == "queued"
    fair.consent(advertising=False)
    fair.texts.start()
    fair.at(on("09:00", "2020-03-11"))
    assert (fair.sent(), fair.states()) == ([], [("skipped", "consent_missing")])


def test_night_consent_that_is_taken_back_holds_what_is_queued_until_the_morning(fair: Fair):
    fair.consent(night=True)
    fair.texts.stop()
    fair.at(on("22:00"))
    fair.advertise()
    fair.consent(night=False)
    fair.texts.start()
    fair.at(on("08:00", "2020-03-11") - SECOND)
    assert fair.sent() == []
    fair.at(on("08:00", "2020-03-11"))
    assert len(fair.sent()) == 1


def test_consent_that_has_lapsed_counts_as_none(fair: Fair):
    fair.at(on("09:00", "2022-03-10") - SECOND)
    fair.advertise()
    fair.at(on("09:00", "2022-03-10"))
    fair.advertise()
    assert len(fair.sent()) == 1
    assert [each for each in fair.states() if each[1]] == [("skipped", "consent_expired")]
    with fair.notify.bench.acting(RESIDENT) as rpc:
        lapsed = rpc.notify.get_preferences()["consents"]["advertising"]
    assert (lapsed["given"], lapsed["expires_at"]) == (False, "2022-03-10T09:00:00+09:00")


def test_person_is_asked_once_before_their_consent_lapses_and_again_before_the_next(fair: Fair):
    asked = on("09:00", "2022-02-08")  # 30 days before
    fair.at(asked - SECOND)
    assert fair.notify.rows() == []
    for hours in (0, 1, 24 * 29):
        fair.at(asked + timedelta(hours=hours))
    (mail,) = fair.notify.mailbox()
    assert mail["subject"] == "[광고 수신 동의 확인] 2022년 3월 10일 (목)에 효력이 끝납니다"
    assert "2020년 3월 10일 (화)에 서구 사회적경제마을지원센터의 광고성 정보 수신에 동의하셨습니다." in mail["body"]
    asked_over = [(each.channel, each.category) for each in fair.notify.rows()]
    assert sorted(asked_over) == [("email", "mandatory"), ("inbox", "mandatory")]
    assert fair.sent() == [], "it wakes nobody"

    fair.consent(advertising=True)  # on 9 March
    for moment in ("2024-02-08", "2024-02-10", "2024-03-08"):
        fair.at(on("09:00", moment))
    assert len(fair.notify.rows()) == 4, "one each for the two consents, over two channels"


def test_who_reads_english_is_asked_in_english_and_who_opted_out_not_at_all(fair: Fair):
    fair.notify.join("john@example.com", person="resident-3", name="John", locale="en")
    with fair.notify.bench.acting(Actor("resident-3", "John")) as rpc:
        rpc.notify.put_preferences(consents={"advertising": True})
    fair.consent(advertising=False)
    fair.at(on("09:00", "2022-02-08"))
    (mail,) = fair.notify.mailbox()
    assert mail["to"] == "john@example.com"
    assert mail["subject"] == "Do you still want to hear from us? Your consent ends on Thu 10 March 2022"


def test_night_consent_needs_a_consent_that_has_not_lapsed(fair: Fair):
    fair.at(on("09:00", "2022-03-10"))
    with pytest.raises(Refused) as refused:
        fair.consent(night=True)
    assert [each.code for each in refused.value.refusals] == ["consent_missing"]
