"""What comes after sending: receipts, bounces, suppressed addresses, replays, the inbox; and webhooks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from standardwebhooks import Webhook as Signer

from services.chassis import clock
from services.chassis.context import Actor
from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound
from services.notify import usecases
from services.notify.channels import RECEIPTS
from services.notify.channels.webhook import WebhookCaller
from services.notify.delivery_schemas import RecordReceipt
from services.notify.domain.message import DELAYS, Category, Channel
from services.notify.models import Contact, Message, Receipt, Webhook
from tests.people import RESIDENT, STAFF
from tests.service.notify.conftest import Correspondents
from tests.service.notify.outbound import Outbound, StandIn

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def signed(text: str, secret: str = SECRET) -> dict[str, str]:
    wall = clock.wall()
    signature = Signer(secret).sign("msg_1", wall, text)
    return {
        "signature_id": "msg_1",
        "signature_time": str(int(wall.timestamp())),
        "signature": signature,
        "body": text,
    }


@dataclass
class Centre:
    """Notify at work with providers, and what providers and people do with it."""

    notify: Correspondents
    out: Outbound
    texts: StandIn
    kakao: StandIn

    def settle(self) -> None:
        self.notify.settle()

    def report(self, provider: str, report: Any, /, *, secret: str = SECRET, **forged: str) -> dict[str, int]:
        told = {**signed(report if isinstance(report, str) else json.dumps(report), secret), **forged}
        with self.notify.bench.acting() as rpc:
            return rpc.notify.record_receipt(provider=provider, **told)

    def status(self, message: dict[str, Any], code: str) -> list[dict[str, Any]]:
        """As the provider reports a message that it has taken."""
        return [{"messageId": message["messageId"], "statusCode": code, "customFields": message["customFields"]}]

    def rpc(self, method: str, actor: Actor = STAFF, **arguments: Any) -> Any:
        with self.notify.bench.acting(actor) as rpc:
            return getattr(rpc.notify, method)(**arguments)

    def states(self) -> list[tuple[str, str]]:
        return sorted(self.out.states())


@pytest.fixture
def centre(notify_with, stand_in_with, tmp_path) -> Centre:
    texts, kakao = stand_in_with(), stand_in_with()
    notify = notify_with(
        sms_urls=(texts.url,),
        alimtalk_urls=(kakao.url,),
        webhooks=True,
        receipt_secrets=(("smtp", SECRET), ("sms", SECRET), ("alimtalk", SECRET)),
    )
    database = notify.bench.database("notify")
    return Centre(notify, Outbound(database, ""), texts, kakao)


def test_receipt_says_when_a_text_arrived_and_counts_once(centre: Centre):
    centre.out.queue(Channel.SMS)
    centre.settle()
    (taken,) = centre.texts.taken()
    clock.freeze(clock.now() + timedelta(minutes=1))
    assert centre.report("sms", centre.status(taken, "4000")) == {"recorded": 1, "unmatched": 0}
    assert centre.report("sms", centre.status(taken, "4000")) == {"recorded": 0, "unmatched": 0}
    message = centre.notify.message()
    assert (message["status"], message["delivered_at"]) == ("sent", "2020-03-10T09:01:00+09:00")
    assert centre.out.database.transaction(lambda session: session.scalar(select(func.count(Receipt.id)))) == 1
    assert [each["type"] for each in centre.out.events()] == ["madang.notify.message_sent.v1"]


def test_receipt_finds_its_message_by_the_providers_name_for_it(centre: Centre):
    centre.out.queue(Channel.SMS)
    centre.settle()
    (taken,) = centre.texts.taken()
    report = [{"messageId": taken["messageId"], "statusCode": "4000"}]
    assert centre.report("sms", report) == {"recorded": 1, "unmatched": 0}
    assert centre.report("sms", [{**report[0], "messageId": "M-unknown"}]) == {"recorded": 0, "unmatched": 1}


def test_receipt_of_failure_makes_the_message_failed(centre: Centre):
    centre.out.queue(Channel.SMS)
    centre.settle()
    centre.report("sms", centre.status(centre.texts.taken()[0], "3104"))
    assert (centre.notify.message()["status"], centre.notify.message()["reason"]) == ("failed", "3104")
    assert [each["data"]["status"] for each in centre.out.events()] == ["sent", "failed"]


def test_receipt_of_a_message_that_was_unknown_tells_that_it_went_out(centre: Centre):
    centre.out.queue(Channel.SMS, body="late500-")
    centre.settle()
    (taken,) = centre.texts.taken()
    assert centre.states() == [("sms", "queued")]
    centre.report("sms", centre.status(taken, "4000"))
    centre.notify.bench.move_clock(clock.now() + DELAYS[0])
    assert (centre.states(), len(centre.texts.taken())) == ([("sms", "sent")], 1)


def test_scenario_38_failure_by_receipt_is_one_text_and_a_late_delivery_no_second(centre: Centre):
    centre.out.queue(Channel.ALIMTALK)
    centre.settle()
    (notice,) = centre.kakao.taken()
    assert centre.texts.taken() == []
    centre.report("alimtalk", centre.status(notice, "3104"))
    centre.settle()
    assert [each["type"] for each in centre.texts.taken()] == ["SMS"]
    assert centre.report("alimtalk", centre.status(notice, "4000")) == {"recorded": 1, "unmatched": 0}
    centre.settle()
    centre.notify.bench.move_clock(clock.now() + timedelta(days=1))
    assert centre.states() == [("alimtalk", "failed"), ("sms", "sent")]
    assert (len(centre.texts.taken()), len(centre.kakao.taken())) == (1, 1)


def test_scenario_38_delivery_that_is_told_before_the_text_went_out_calls_it_off(outbound, stand_in_with):
    texts, kakao = stand_in_with(), stand_in_with()
    carriers = {Channel.SMS: [texts.provider()], Channel.ALIMTALK: [kakao.provider("alimtalk")]}
    outbound.queue(Channel.ALIMTALK)
    outbound.deliver(carriers)
    (notice,) = kakao.taken()
    assert outbound.states() == {("alimtalk", "sent"): 1}

    def report(code: str) -> None:
        told = json.dumps([{**notice, "statusCode": code}])
        receipt = RecordReceipt(provider="alimtalk", **signed(told))
        outbound.database.transaction(
            lambda session: usecases.record_receipt(
                session, receipt, secrets={"alimtalk": SECRET}, readers=RECEIPTS, now=clock.now()
            )
        )

    report("3104")
    assert outbound.states() == {("alimtalk", "failed"): 1, ("sms", "queued"): 1}
    report("4000")
    outbound.later(carriers)
    assert outbound.states() == {("alimtalk", "sent"): 1, ("sms", "skipped"): 1}
    assert texts.taken() == []


@pytest.mark.parametrize(
    "forged",
    [
        {"signature": "v1,AAAA"},
        {"signature": ""},
        {"signature": "nonsense"},
        {"signature": "v1,???"},
        {"signature_time": "1583798400"},
        {"signature_time": "soon"},
        {"signature_id": "another"},
        {"body": '[{"messageId": "M-1", "statusCode": "3014"}]'},
    ],
    ids=str,
)
def test_forged_receipt_is_refused_and_changes_nothing(centre: Centre, forged):
    centre.out.queue(Channel.SMS)
    centre.settle()
    (taken,) = centre.texts.taken()
    with pytest.raises(Forbidden):
        centre.report("sms", centre.status(taken, "3014"), **forged)
    with pytest.raises(Forbidden):
        centre.report("sms", centre.status(taken, "3014"), secret="whsec_" + "B" * 32)
    assert centre.notify.message()["status"] == "sent"
    assert centre.rpc("list_suppressions")["items"] == []


@pytest.mark.parametrize("body", ["{}", "[1]", "no json", '[{"messageId": "M"}]', "[null]"])
def test_receipt_that_is_none_is_refused(centre: Centre, body):
    with pytest.raises(Invalid):
        centre.report("sms", body)


def test_receipt_of_a_provider_without_a_secret_is_not_taken(centre: Centre):
    for provider in ("sms-2", "nobody", "webhook"):
        with pytest.raises(NotFound):
            centre.report(provider, [])


def test_receipt_of_a_megabyte_is_refused(centre: Centre):
    with pytest.raises(Invalid):
        centre.report("sms", json.dumps(["x" * 1_000_000]))


def test_hard_bounce_suppresses_the_address_until_staff_lift_it(centre: Centre):
    (person,) = centre.out.queue(Channel.EMAIL, email="gone@example.com")
    centre.settle()
    assert len(centre.notify.mailbox()) == 1
    message = centre.notify.message()
    bounce = [{"id": "b-1", "message_id": f"<{message['id']}@centre.example>", "report": "bounced"}]
    bounce[0]["detail"] = "5.1.1 <Gone@example.com>: no such user"
    assert centre.report("smtp", bounce) == {"recorded": 1, "unmatched": 0}
    assert centre.notify.message()["reason"] == "5.1.1 <<address>>: no such user"
    (suppression,) = centre.rpc("list_suppressions")["items"]
    assert (suppression["person_id"], suppression["kind"], suppression["reason"]) == (person, "email", "bounced")
    assert "gone" not in json.dumps(suppression) + json.dumps(centre.out.events())
    types = [each["type"].split(".")[2] for each in centre.out.events()]
    assert types == ["message_sent", "message_failed", "address_suppressed"]

    (other,) = centre.out.queue(Channel.EMAIL, email="Gone@Example.com")
    centre.settle()
    (skipped,) = centre.notify.messages(person_id=other)
    assert (skipped["status"], skipped["reason"], skipped["attempts"]) == ("skipped", "suppressed", 0)

    with pytest.raises(Forbidden):
        centre.rpc("lift_suppression", RESIDENT, suppression_id=suppression["id"])
    centre.rpc("lift_suppression", suppression_id=suppression["id"])
    assert centre.rpc("list_suppressions")["items"] == []
    with pytest.raises(NotFound):
        centre.rpc("lift_suppression", suppression_id=suppression["id"])
    centre.rpc("replay_message", message_id=skipped["id"])
    centre.settle()
    assert [each["status"] for each in centre.notify.messages(person_id=other)] == ["sent"]


def test_new_address_of_a_person_is_not_suppressed_with_the_old_one(centre: Centre):
    (person,) = centre.out.queue(Channel.SMS, body="nobody-")
    centre.settle()
    assert [each["kind"] for each in centre.rpc("list_suppressions", person_id=person)["items"]] == ["phone"]
    new = update(Contact).where(Contact.person_id == person).values(phone="+821099998888")
    centre.out.database.transaction(lambda session: session.execute(new))
    centre.out.database.transaction(lambda session: session.execute(update(Message).values(body="이제 됩니다")))
    centre.rpc("replay_message", message_id=person)
    centre.settle()
    assert centre.states() == [("sms", "sent")]


def test_suppressions_are_listed_page_by_page_to_staff_alone(centre: Centre):
    centre.out.queue(Channel.SMS, 3, body="nobody-")
    centre.settle()
    with pytest.raises(Forbidden):
        centre.rpc("list_suppressions", RESIDENT)
    page = centre.rpc("list_suppressions", limit=2)
    rest = centre.rpc("list_suppressions", limit=2, cursor=page["next_cursor"])
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)


def test_dead_message_is_replayed_with_all_its_tries(centre: Centre):
    centre.texts.stop()
    (message_id,) = centre.out.queue(Channel.SMS)
    for _ in range(6):
        centre.notify.bench.move_clock(clock.now() + timedelta(days=1))
        centre.out.close_circuits()
    assert centre.notify.message()["status"] == "dead"
    centre.texts.start()
    centre.out.close_circuits()
    assert centre.rpc("replay_message", message_id=message_id)["status"] == "queued"
    centre.settle()
    assert (centre.notify.message()["status"], centre.notify.message()["attempts"]) == ("sent", 6)


def test_replay_is_refused_for_what_went_out_or_was_replaced(centre: Centre):
    (sent,) = centre.out.queue(Channel.SMS)
    (replaced,) = centre.out.queue(Channel.ALIMTALK, body="ata-refuse-")
    centre.settle()
    for message_id, state in ((sent, "sent"), (replaced, "replaced")):
        with pytest.raises(IllegalTransition) as refused:
            centre.rpc("replay_message", message_id=message_id)
        assert refused.value.details["state"] == state
    with pytest.raises(Forbidden):
        centre.rpc("replay_message", RESIDENT, message_id=sent)
    with pytest.raises(NotFound):
        centre.rpc("replay_message", message_id="no-such-message")


def inbox_of(centre: Centre, person: str, **find: Any) -> dict[str, Any]:
    return centre.rpc("list_inbox", Actor(person, "홍길동", frozenset({"resident"})), **find)


def test_inbox_shows_a_person_their_messages_and_what_they_have_read(centre: Centre):
    first, second = centre.out.queue(Channel.INBOX), centre.out.queue(Channel.INBOX)
    mine = update(Message).values(person_id="resident-1")
    centre.out.database.transaction(lambda session: session.execute(mine))
    centre.settle()
    page = inbox_of(centre, "resident-1")
    assert ([each["id"] for each in page["items"]], page["unread"]) == ([*second, *first], 2)
    assert page["items"][0]["body"] == "예약이 확정되었습니다."

    with pytest.raises(NotFound):
        centre.rpc("mark_read", RESIDENT if RESIDENT.id != "resident-1" else STAFF, message_id=first[0])
    me = Actor("resident-1", "홍길동", frozenset({"resident"}))
    read = centre.rpc("mark_read", me, message_id=first[0])
    clock.freeze(clock.now() + timedelta(hours=1))
    assert centre.rpc("mark_read", me, message_id=first[0])["read_at"] == read["read_at"]
    assert inbox_of(centre, "resident-1", unread=True)["unread"] == 1
    assert [each["id"] for each in inbox_of(centre, "resident-1", unread=True)["items"]] == second
    limited = inbox_of(centre, "resident-1", limit=1)
    assert [each["id"] for each in inbox_of(centre, "resident-1", cursor=limited["next_cursor"])["items"]] == first
    with pytest.raises(Forbidden), centre.notify.bench.acting() as rpc:
        rpc.notify.list_inbox()


def test_message_that_is_not_sent_yet_does_not_lie_in_the_inbox(centre: Centre):
    (person,) = centre.out.queue(Channel.SMS)
    centre.settle()
    assert inbox_of(centre, person) == {"items": [], "unread": 0, "next_cursor": None}


@dataclass
class Receiver:
    """A person's own program. It answers with the next of `statuses`, else 204."""

    port: int = 0
    statuses: list[int] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.calls.append((dict(self.headers.items()), body))
            self.send_response(made.statuses.pop(0) if made.statuses else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def test_webhook_is_signed_and_the_same_at_every_try(centre: Centre, receiver: Receiver):
    (person,) = centre.out.queue(Channel.WEBHOOK)
    me = Actor(person, "홍길동", frozenset({"resident"}))
    put = centre.rpc("put_webhook", me, url=f"http://127.0.0.1:{receiver.port}/hook?a=1")
    receiver.statuses = [500]
    centre.settle()
    assert centre.states() == [("webhook", "queued")]
    centre.notify.bench.move_clock(clock.now() + DELAYS[0])
    assert centre.states() == [("webhook", "sent")]
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1
    for headers, body in receiver.calls:
        content = Signer(put["secret"]).verify(body, headers)
        assert content["type"] == "message.booking_approved"
        assert content["data"]["body"] == "예약이 확정되었습니다."


def test_webhook_that_is_gone_is_suppressed(centre: Centre, receiver: Receiver):
    (person,) = centre.out.queue(Channel.WEBHOOK, category=Category.MANDATORY)
    me = Actor(person, "홍길동", frozenset({"resident"}))
    centre.rpc("put_webhook", me, url=f"http://127.0.0.1:{receiver.port}/")
    receiver.statuses = [410]
    centre.settle()
    assert centre.states() == [("webhook", "failed")]
    assert [each["kind"] for each in centre.rpc("list_suppressions")["items"]] == ["webhook"]


def test_person_without_a_webhook_is_skipped(centre: Centre):
    centre.out.queue(Channel.WEBHOOK)
    centre.settle()
    assert (centre.out.message().status, centre.out.message().reason) == ("skipped", "contact_missing")


def test_webhook_is_put_shown_without_its_secret_and_taken_back(centre: Centre):
    first = centre.rpc("put_webhook", RESIDENT, url="https://example.com/hook")
    second = centre.rpc("put_webhook", RESIDENT, url="https://example.com/hook")
    assert first["secret"] != second["secret"]
    assert set(centre.rpc("get_webhook", RESIDENT)) == {"url", "updated_at"}
    centre.rpc("remove_webhook", RESIDENT)
    for method in ("get_webhook", "remove_webhook"):
        with pytest.raises(NotFound):
            centre.rpc(method, RESIDENT)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "https://",
        "https://user:pass@example.com/",
        "https://example.com/#x",
        "example.com",
        "https://한글.kr/",
    ],
)
def test_webhook_that_is_no_address_is_refused(centre: Centre, url):
    with pytest.raises(Invalid):
        centre.rpc("put_webhook", RESIDENT, url=url)


def test_webhook_whose_name_leads_home_is_not_called(outbound: Outbound, receiver: Receiver):
    """What a name stands for shows when it is called: here as in production, a name of this machine."""
    (person,) = outbound.queue(Channel.WEBHOOK)
    hook = {
        "person_id": person,
        "url": f"http://localhost:{receiver.port}/",
        "secret": SECRET,
        "updated_at": clock.now(),
    }
    outbound.database.transaction(lambda session: session.execute(insert(Webhook), [hook]))
    outbound.deliver({Channel.WEBHOOK: [WebhookCaller(outbound.database, may_call_home=False)]})
    assert receiver.calls == []
    assert (outbound.message().status, outbound.message().reason) == ("queued", "localhost is no public address")
    outbound.later({Channel.WEBHOOK: [WebhookCaller(outbound.database, may_call_home=False)]})
    assert (outbound.message().status, receiver.calls) == ("dead", [])
