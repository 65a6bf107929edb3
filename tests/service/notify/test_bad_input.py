"""What is no address, no text and no event: refused clearly, and nothing is sent.

Forged receipts: test_after_sending.py; templates: tests/unit/notify/test_rendering.py; mails: test_mail.py there.
"""

import pytest
from sqlalchemy import select

from services.chassis.errors import Invalid
from services.chassis.tables import inbox
from tests.people import RESIDENT

MEGABYTE = "가" * 350_000


def kept(notify) -> list[tuple[str, str]]:
    """What became of the events: state and error."""
    rows = notify.bench.database("notify").transaction(lambda session: session.execute(select(inbox)).all())
    return [(row.state, row.error or "") for row in rows]


@pytest.mark.parametrize("field", ["email", "phone", "name", "locale", "zone"])
@pytest.mark.parametrize(
    "wrong", [MEGABYTE, "x\r\nBcc: all@example.com", "\0", "\ud800"], ids=["1 MB", "break", "NUL", "half"]
)
def test_contact_that_is_none_is_refused_and_nothing_kept(notify, field, wrong):
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT) as rpc:
        before = rpc.notify.get_contact()
        with pytest.raises(Invalid) as refused:
            rpc.notify.put_contact(**{"email": "new@example.com", "locale": "ko", field: wrong})
        assert field in refused.value.errors
        assert rpc.notify.get_contact() == before


@pytest.mark.parametrize("field", ["title", "note"])
def test_event_of_a_megabyte_is_dead_at_once_and_nothing_is_sent(notify, field):
    notify.join("hong@example.com")
    notify.hear("booking_rejected", **{field: MEGABYTE})
    notify.settle()
    ((state, error),) = kept(notify)
    assert state == "dead"
    assert f"{field}" in error
    assert "At most 5000 characters." in error
    assert (notify.rows(), notify.mailbox()) == ([], [])


def test_title_cannot_become_a_header_of_the_mail(notify_with, sink):
    notify = notify_with(smtp_urls=(sink.url,), mail_from="madang@centre.example")
    notify.join("hong@example.com", name="홍길동")
    notify.hear("booking_approved", title="모임\r\nBcc: all@example.com\r\n\r\n<b>가짜</b>")
    notify.settle()
    (line,) = sink.lines()
    (mail,) = sink.mails()
    assert line["to"] == "hong@example.com"
    assert mail["Bcc"] is None
    assert "Bcc: all@example.com" in mail.get_content(), "as the text that it is"


@pytest.mark.parametrize(
    "email", ["hong", "hong@", "@example.com", "hong@example.com, kim@example.com", "hong@[127.0.0.1]"]
)
def test_address_that_is_none_is_refused(notify, email):
    with notify.bench.acting(RESIDENT) as rpc, pytest.raises(Invalid):
        rpc.notify.put_contact(email=email, locale="ko")
