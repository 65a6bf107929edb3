"""Delivery over real SMTP: what goes over the wire, and what becomes of a message for each thing that a server does."""

import json
import ssl
import subprocess
from datetime import timedelta

import pytest

from services.chassis import clock
from services.notify.channels import smtp
from services.notify.domain.message import DELAYS

MAIL_FROM = "madang@centre.example"


@pytest.fixture
def mailing(notify_with, sink):
    return notify_with(smtp_urls=(sink.url,), mail_from=MAIL_FROM)


def states(notify) -> list[tuple[str, int]]:
    return [(message["status"], message["attempts"]) for message in notify.messages()]


def outcomes(notify) -> list[tuple[int, str]]:
    return [(attempt.number, attempt.outcome) for attempt in notify.attempts()]


def test_mail_has_what_a_reader_and_its_programs_need(mailing, sink):
    mailing.join("hong@example.com")
    mailing.hear("booking_approved")
    mailing.settle()
    (mail,) = sink.mails()
    assert mail["From"] == f"서구 사회적경제마을지원센터 <{MAIL_FROM}>"
    assert mail["To"] == "hong@example.com"
    assert mail["Subject"] == "[교육장 1] 예약이 확정되었습니다: 3월 20일 (금) 10:00–12:00"
    assert mail["Message-ID"] == f"<{mailing.message()['id']}@centre.example>"
    assert mail["Date"] == "Tue, 10 Mar 2020 09:00:00 +0900"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "ko")
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content().replace("\r\n", "\n") == mailing.rows()[0].body
    assert states(mailing) == [("sent", 1)]
    assert mailing.mailbox() == []


def test_mail_over_the_wire_is_ascii_whatever_is_in_it(mailing, sink):
    mailing.join("hong@example.com")
    mailing.hear("booking_approved", title="...\n.\r\n" + "한" * 400)
    mailing.settle()
    (line,) = sink.lines()
    assert max(len(each) for each in line["raw"].split("\r\n")) <= 998
    assert "한" * 400 in sink.mails()[0].get_content()


def test_mails_of_one_round_share_connections(mailing, sink):
    mailing.join("hong@example.com")
    for _ in range(19):
        mailing.hear("booking_approved")
    mailing.settle()
    lines = sink.lines()
    assert len(lines) == len({json.dumps(line) for line in lines}) == 19
    assert states(mailing) == [("sent", 1)] * 19
    assert len({line["connection"] for line in lines}) < 19


def test_temporary_refusal_backs_off_and_is_dead_with_its_reason(mailing, sink):
    mailing.join("temp-hong@example.com")
    mailing.hear("booking_approved")
    mailing.settle()
    for number, delay in enumerate(DELAYS, start=1):
        assert states(mailing) == [("queued", number)]
        mailing.bench.move_clock(clock.now() + delay - timedelta(milliseconds=1))
        assert states(mailing) == [("queued", number)]
        mailing.bench.move_clock(clock.now() + timedelta(milliseconds=1))
    assert states(mailing) == [("dead", 5)]
    assert mailing.message()["reason"] == "451 4.3.0 <<address>>: try again later"
    assert outcomes(mailing) == [(number, "temporary") for number in range(1, 6)]
    (failed,) = mailing.published()
    assert (failed["type"], failed["data"]["status"]) == ("madang.notify.message_failed.v1", "dead")
    assert sink.lines() == []


def test_permanent_refusal_fails_at_once_and_spoils_no_other_mail(mailing, sink):
    for number, email in enumerate(["hong@example.com", "Perm-kim@example.com".lower(), "lee@example.com"]):
        mailing.join(email, person=f"person-{number}")
        mailing.hear("booking_approved", requester_id=f"person-{number}")
    mailing.settle()
    by_person = {message["person_id"]: message for message in mailing.messages()}
    assert {person: message["status"] for person, message in by_person.items()} == {
        "person-0": "sent",
        "person-1": "failed",
        "person-2": "sent",
    }
    assert by_person["person-1"]["reason"] == "550 5.1.1 <<address>>: no such mailbox"
    assert sorted(line["to"] for line in sink.lines()) == ["hong@example.com", "lee@example.com"]
    failed = [each for each in mailing.published() if each["type"] == "madang.notify.message_failed.v1"]
    assert [each["data"]["status"] for each in failed] == ["failed"]
    assert "@" not in str(mailing.published())


def test_mail_taken_without_a_reply_is_unknown_and_not_sent_again(mailing, sink):
    mailing.join("drop-hong@example.com")
    mailing.hear("booking_requested")
    mailing.settle()
    mailing.bench.move_clock(clock.now() + timedelta(days=1))
    assert states(mailing) == [("unknown", 1)]
    assert outcomes(mailing) == [(1, "unknown")]
    assert mailing.message()["reason"].startswith("no reply after the letter was handed over")
    assert len(sink.lines()) == 1
    assert [each["data"]["status"] for each in mailing.published()] == ["unknown"]


def test_mandatory_mail_taken_without_a_reply_is_sent_again_under_its_message_id(mailing, sink):
    mailing.join("drop-hong@example.com")
    mailing.hear("booking_approved")
    mailing.settle()
    assert states(mailing) == [("queued", 1)]
    mailing.join("hong@example.com")
    mailing.bench.move_clock(clock.now() + DELAYS[0])
    assert states(mailing) == [("sent", 2)]
    assert outcomes(mailing) == [(1, "unknown"), (2, "sent")]
    assert [line["to"] for line in sink.lines()] == ["drop-hong@example.com", "hong@example.com"]
    assert len({mail["Message-ID"] for mail in sink.mails()}) == 1


def test_mail_waits_for_a_server_that_is_away(mailing, sink):
    sink.stop()
    mailing.join("hong@example.com")
    mailing.hear("booking_requested")
    mailing.settle()
    assert states(mailing) == [("queued", 1)]
    assert mailing.message()["reason"].startswith("ConnectionRefusedError")
    sink.start()
    mailing.bench.move_clock(clock.now() + DELAYS[0])
    assert states(mailing) == [("sent", 2)]
    assert len(sink.lines()) == 1


def test_contact_gone_before_sending_is_skipped(mailing, sink):
    from sqlalchemy import delete

    from services.notify.models import Contact

    mailing.join("temp-hong@example.com")
    mailing.hear("booking_approved")
    mailing.settle()
    mailing.bench.database("notify").transaction(lambda session: session.execute(delete(Contact)))
    mailing.bench.move_clock(clock.now() + DELAYS[0])
    message = mailing.message()
    assert (message["status"], message["reason"], message["attempts"]) == ("skipped", "contact_missing", 1)


@pytest.fixture
def certificate(tmp_path, monkeypatch) -> tuple[str, str]:
    """A certificate of 127.0.0.1 that this process trusts, and its key."""
    certificate, key = str(tmp_path / "sink.pem"), str(tmp_path / "sink.key")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    return certificate, key


@pytest.mark.parametrize(("scheme", "option"), [("smtp+starttls", None), ("smtps", "--implicit-tls")])
def test_mail_goes_over_tls_with_a_login(notify_with, sink_with, certificate, scheme, option):
    options = ["--certificate", certificate[0], "--key", certificate[1], "--login", "centre@x:p@ss w"]
    sink = sink_with(*options, *([option] if option else []))
    login = "centre%40x:p%40ss%20w"
    notify = notify_with(smtp_urls=(f"{scheme}://{login}@127.0.0.1:{sink.port}",), mail_from=MAIL_FROM)
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.settle()
    assert [(message["status"], message["reason"]) for message in notify.messages()] == [("sent", None)]
    assert len(sink.lines()) == 1


# eventlet does not close the socket of a handshake that failed; it is closed when it is collected
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_server_without_a_trusted_certificate_gets_no_mail_and_no_password(
    notify_with, sink_with, certificate, monkeypatch
):
    sink = sink_with("--certificate", certificate[0], "--key", certificate[1])
    monkeypatch.delenv("SSL_CERT_FILE")
    notify = notify_with(smtp_urls=(f"smtp+starttls://u:p@127.0.0.1:{sink.port}",), mail_from=MAIL_FROM)
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.settle()
    assert states(notify) == [("queued", 1)]
    assert ssl.SSLCertVerificationError.__name__ in notify.message()["reason"]
    assert sink.lines() == []


def test_wrong_password_is_not_the_mails_fault(notify_with, sink_with):
    sink = sink_with("--login", "user:right")
    notify = notify_with(smtp_urls=(f"smtp://user:wrong@127.0.0.1:{sink.port}",), mail_from=MAIL_FROM)
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.settle()
    assert states(notify) == [("queued", 1)]
    assert notify.message()["reason"].startswith("535 ")


def test_server_that_never_finishes_costs_one_letter_its_limit(notify_with, monkeypatch):
    import eventlet

    monkeypatch.setattr(smtp, "LETTER_LIMIT", 1.0)
    listening = eventlet.listen(("127.0.0.1", 0))

    def trickle(connection, _):
        connection.sendall(b"220 ready\r\n")
        while True:
            connection.sendall(b"250-slow\r\n")
            eventlet.sleep(0.2)

    serving = eventlet.spawn(eventlet.serve, listening, trickle)
    notify = notify_with(smtp_urls=(f"smtp://127.0.0.1:{listening.getsockname()[1]}",), mail_from=MAIL_FROM)
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.settle()
    assert states(notify) == [("queued", 1)]
    assert "not done after 1 s" in notify.message()["reason"]
    serving.kill()
    listening.close()
