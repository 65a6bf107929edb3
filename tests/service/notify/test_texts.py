"""Texts and KakaoTalk notices over a real HTTP provider: what goes out, and what becomes of it for each trouble."""

import json
from collections import Counter

import pytest
from sqlalchemy import delete, select, text, update

from services.chassis import clock
from services.notify import usecases
from services.notify.channels import web
from services.notify.channels.mailbox import Mailbox
from services.notify.domain.message import DELAYS, Category, Channel
from services.notify.models import Mail, Message
from services.notify.usecases.keep_circuit import FAILURES
from tests.service.notify.outbound import Outbound, StandIn

SMS_AND_LMS = (Channel.SMS, Channel.LMS)


def carrying(*providers, notices=()):
    texts = {channel: list(providers) for channel in SMS_AND_LMS}
    return {**texts, Channel.ALIMTALK: list(notices)} if notices else texts


@pytest.fixture
def impatient(monkeypatch):
    """What hangs is given up after half a second."""
    monkeypatch.setattr(web, "TIMEOUT", 0.5)


def test_text_of_90_bytes_is_an_sms_and_a_longer_one_an_lms(outbound: Outbound, stand_in: StandIn):
    outbound.queue(Channel.SMS, body="가" * 45)
    outbound.queue(Channel.SMS, body="가" * 45 + "a", subject="제목" * 30)
    outbound.deliver(carrying(stand_in.provider()))
    short, long = sorted(stand_in.taken(), key=lambda each: len(each["text"]))
    assert (short["type"], short["text"], short["from"]) == ("SMS", "가" * 45, "0325600000")
    assert (long["type"], long["text"]) == ("LMS", "가" * 45 + "a")
    assert len(long["subject"].encode("cp949")) == 40
    assert short["to"].startswith("010")
    assert outbound.states() == {("sms", "sent"): 2}


@pytest.mark.parametrize(
    ("text", "status", "outcomes"),
    [
        ("refuse-", "failed", ["permanent"]),
        ("busy-", "queued", ["unknown"]),
        ("pace-", "queued", ["temporary"]),
        ("late500-", "queued", ["unknown"]),
        ("reset-", "queued", ["unknown"]),
        ("hang-", "queued", ["unknown"]),
        ("die-", "queued", ["unknown"]),
    ],
)
def test_what_the_provider_does_to_a_text_decides(outbound, stand_in, impatient, text, status, outcomes):
    outbound.queue(Channel.SMS, body=text)
    outbound.deliver(carrying(stand_in.provider()))
    assert (outbound.message().status, outbound.attempts()) == (status, [("sms", each) for each in outcomes])


@pytest.mark.parametrize("text", ["late500-", "reset-", "hang-", "die-"])
def test_text_that_was_taken_without_an_answer_is_asked_for_and_not_sent_again(outbound, stand_in, impatient, text):
    outbound.queue(Channel.SMS, body=text)
    outbound.deliver(carrying(stand_in.provider()))
    stand_in.stop()
    stand_in.start()
    outbound.later(carrying(stand_in.provider()))
    assert outbound.states() == {("sms", "sent"): 1}
    assert outbound.attempts() == [("sms", "unknown"), ("sms", "sent")]
    assert len(stand_in.taken()) == 1


def test_text_that_the_provider_has_never_had_is_sent_when_it_was_asked(outbound, stand_in):
    outbound.queue(Channel.SMS, body="busy-")
    outbound.deliver(carrying(stand_in.provider()))
    assert (outbound.message().status, outbound.message().pinned_provider) == ("queued", "sms")
    outbound.database.transaction(lambda session: session.execute(update(Message).values(body="지금은 됩니다")))
    outbound.later(carrying(stand_in.provider()))
    assert (outbound.states(), len(stand_in.taken())) == ({("sms", "sent"): 1}, 1)


def test_provider_that_cannot_be_asked_leaves_the_text_unknown_and_no_other_gets_it(outbound, stand_in_with, impatient):
    first, second = stand_in_with(), stand_in_with()
    outbound.queue(Channel.SMS, body="die-")
    outbound.later(carrying(first.provider(), second.provider("sms-2")), times=8)
    assert outbound.states() == {("sms", "unknown"): 1}
    assert (len(first.taken()), len(second.taken())) == (1, 0)
    assert set(outbound.attempts()) == {("sms", "unknown")}


def test_text_goes_over_the_second_provider_when_the_first_is_away(outbound, stand_in_with):
    first, second = stand_in_with(), stand_in_with()
    first.stop()
    outbound.queue(Channel.SMS)
    outbound.deliver(carrying(first.provider(), second.provider("sms-2")))
    assert outbound.attempts() == [("sms", "temporary"), ("sms-2", "sent")]
    assert (outbound.states(), len(second.taken())) == ({("sms", "sent"): 1}, 1)


def test_circuit_opens_after_failures_in_a_row_and_one_letter_closes_it(outbound, stand_in):
    stand_in.stop()
    outbound.queue(Channel.SMS, 40)
    outbound.deliver(carrying(stand_in.provider()))
    tried = len(outbound.attempts())
    assert FAILURES <= tried < 10  # and not forty times
    assert outbound.states() == {("sms", "queued"): 40}
    clock.freeze(clock.now() + DELAYS[0])
    outbound.deliver(carrying(stand_in.provider()))
    assert len(outbound.attempts()) == tried  # open: nothing is tried

    outbound.close_circuits()
    outbound.deliver(carrying(stand_in.provider()))
    assert len(outbound.attempts()) == tried + 1  # half-open: one letter, and open again

    stand_in.start()
    outbound.later(carrying(stand_in.provider()), DELAYS[-1])
    assert (outbound.states(), len(stand_in.taken())) == ({("sms", "sent"): 40}, 40)
    assert outbound.circuit("sms").failures == 0


def test_circuit_is_the_same_for_every_worker(outbound, stand_in_with):
    first, second = stand_in_with(), stand_in_with()
    first.stop()
    outbound.queue(Channel.SMS, FAILURES + 5)
    outbound.deliver(carrying(first.provider(), second.provider("sms-2")))
    tried = Counter(provider for provider, _ in outbound.attempts())["sms"]
    outbound.queue(Channel.SMS, 5)
    outbound.deliver(carrying(first.provider(), second.provider("sms-2")))  # a new worker
    assert Counter(provider for provider, _ in outbound.attempts())["sms"] == tried
    assert len(second.taken()) == FAILURES + 10


def test_no_more_go_out_than_the_rate_allows_whoever_sends(outbound, stand_in):
    outbound.queue(Channel.SMS, 20)
    provider = stand_in.provider(options="&rate=3")
    began = clock.wall()
    for _ in range(3):
        outbound.deliver(carrying(provider), rounds=1)
    seconds = (clock.wall() - began).total_seconds()
    assert 3 <= len(stand_in.taken()) <= 3 + 3 * seconds + 1
    state = outbound.circuit("sms")
    assert state.allowance < 3


def test_claim_takes_no_more_than_it_may_where_the_database_knows_of_no_messages(outbound, stand_in):
    """PostgreSQL takes the table for empty here, and then joins it row by row."""
    outbound.queue(Channel.SMS, 200)
    outbound.database.transaction(lambda session: session.execute(delete(Message)))
    outbound.database.transaction(lambda session: session.execute(text("ANALYZE")))
    outbound.queue(Channel.SMS, 20)
    carriers = carrying(stand_in.provider(options="&rate=3"))
    now, wall = clock.now(), clock.wall()
    claimed = outbound.database.transaction(
        lambda session: usecases.claim_messages(session, holder="one", carriers=carriers, now=now, wall=wall)
    )
    assert len(claimed.ids) == 3


@pytest.fixture
def kakao(stand_in_with) -> StandIn:
    return stand_in_with()


@pytest.fixture
def both(stand_in, kakao):
    return carrying(stand_in.provider(), notices=[kakao.provider("alimtalk")])


@pytest.mark.parametrize(
    ("length", "kind"), [(45 - 7, "SMS"), (46, "LMS")], ids=["90 bytes or less", "more than 90 bytes"]
)
def test_scenario_38_notice_that_fails_is_one_text_and_no_more(outbound, stand_in, kakao, both, length, kind):
    body = "ata-refuse-" + "가" * length
    outbound.queue(Channel.ALIMTALK, body=body, subject="안내")
    outbound.later(both)
    assert outbound.states() == {("alimtalk", "failed"): 1, (kind.lower(), "sent"): 1}
    assert [(each["type"], each["text"]) for each in stand_in.taken()] == [(kind, body)]
    assert kakao.taken() == []
    # one event, for the text; that the notice failed is no news to anybody who listens
    (sent,) = outbound.events()
    assert (sent["type"], sent["data"]["channel"]) == ("madang.notify.message_sent.v1", kind.lower())


def test_notice_that_was_taken_has_no_text_beside_it(outbound, stand_in, kakao, both):
    outbound.queue(Channel.ALIMTALK)
    outbound.later(both)
    assert outbound.states() == {("alimtalk", "sent"): 1}
    (notice,) = kakao.taken()
    assert notice["type"] == "ATA"
    assert notice["kakaoOptions"] == {"pfId": "KA01", "templateId": "booking_approved_ko", "disableSms": True}
    assert stand_in.taken() == []


def test_notice_that_may_have_arrived_has_no_text_beside_it(outbound, stand_in, kakao, both, impatient):
    """Its provider dies with it and is never there again to be asked, and the message is one that may be repeated."""
    outbound.queue(Channel.ALIMTALK, body="ata-die-", category=Category.MANDATORY)
    outbound.later(both, times=8)
    assert outbound.states() == {("alimtalk", "unknown"): 1}
    assert (len(kakao.taken()), stand_in.taken()) == (1, [])


def test_notice_whose_provider_stays_away_is_a_text_in_the_end(outbound, stand_in, kakao, both):
    kakao.stop()
    outbound.queue(Channel.ALIMTALK)
    outbound.later(both)
    assert outbound.states() == {("alimtalk", "dead"): 1, ("sms", "sent"): 1}


def test_number_that_nobody_has_is_suppressed_and_told_once(outbound, stand_in):
    (person,) = outbound.queue(Channel.SMS, body="nobody-")
    outbound.deliver(carrying(stand_in.provider()))
    failed, suppressed = sorted(outbound.events(), key=lambda each: each["type"], reverse=True)
    assert (failed["type"], failed["data"]["status"]) == ("madang.notify.message_failed.v1", "failed")
    assert suppressed["type"] == "madang.notify.address_suppressed.v1"
    assert (suppressed["data"]["person_id"], suppressed["data"]["kind"]) == (person, "phone")
    assert outbound.message().reason == "3014 거절 <address>"
    assert "1000000001" not in json.dumps(outbound.events())


def test_development_mailbox_keeps_every_channel(outbound):
    mailbox = Mailbox(outbound.database)
    channels = [channel for channel in Channel if channel not in {Channel.INBOX, Channel.WEBHOOK}]
    for channel in channels:
        outbound.queue(channel)
    outbound.deliver({channel: [mailbox] for channel in channels})
    kept = outbound.database.transaction(lambda session: list(session.scalars(select(Mail.channel))))
    assert sorted(kept) == sorted(channels)


def test_text_is_unknown_when_the_provider_that_may_have_sent_it_is_configured_no_more(
    outbound, stand_in_with, impatient
):
    first, second = stand_in_with(), stand_in_with()
    outbound.queue(Channel.SMS, body="late500-")
    outbound.deliver(carrying(first.provider("sms"), second.provider("sms-2")))
    outbound.later(carrying(second.provider("sms-2")))
    assert outbound.states() == {("sms", "unknown"): 1}
    assert (len(first.taken()), second.taken()) == (1, [])


def test_text_that_the_first_provider_may_have_waits_for_it_while_others_go_over_the_second(
    outbound, stand_in_with, impatient
):
    first, second = stand_in_with(), stand_in_with()
    providers = (first.provider("sms"), second.provider("sms-2"))
    outbound.queue(Channel.SMS, body="late500-")
    outbound.deliver(carrying(*providers))
    first.stop()
    outbound.queue(Channel.SMS, 30)
    clock.freeze(clock.now() + DELAYS[0])
    outbound.deliver(carrying(*providers))
    assert outbound.states() == {("sms", "sent"): 30, ("sms", "queued"): 1}
    first.start()
    outbound.later(carrying(*providers))
    assert outbound.states() == {("sms", "sent"): 31}
    assert (len(first.taken()), len(second.taken())) == (1, 30)
