"""A letter as a mail: what comes out of it is what went in, and no text can become a header."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.channels.smtp import compose
from services.notify.domain.message import Channel
from services.notify.domain.provider import Letter

FROM = "madang@centre.example"
LETTER = Letter(
    id="1",
    person_id="resident-1",
    message_id="1@centre.example",
    channel=Channel.EMAIL,
    to="hong@example.com",
    sender="서구 사회적경제마을지원센터",
    locale="ko",
    subject="안내",
    body="예약이 확정되었습니다.\n",
    at=datetime.fromisoformat("2020-03-10T09:00:00+09:00"),
)
HEADERS = {
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Date",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Language",
}
BREAKS = ("\r\n", "\n", "\r", "\0", "\x0b", "\x85", "\u2028")
LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200).filter(
    lambda text: text == " ".join(text.split())
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=500)


@given(subject=LINE, sender=LINE, body=TEXT)
def test_mail_says_what_the_letter_said_in_lines_that_every_server_takes(subject, sender, body):
    wire = compose(replace(LETTER, subject=subject, sender=sender, body=body), FROM)
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    assert b"\n" not in wire.replace(b"\r\n", b"")
    mail = message_from_bytes(wire, policy=default)
    assert set(mail.keys()) == HEADERS
    assert len(mail.keys()) == len(HEADERS)
    assert mail["From"].addresses[0].addr_spec == FROM
    assert mail["To"] == "hong@example.com"
    assert str(mail["Subject"]) == subject
    assert mail.get_payload(decode=True).decode() == body.replace("\n", "\r\n")


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
@pytest.mark.parametrize("field", ["subject", "sender", "message_id", "locale", "to"])
def test_text_that_would_begin_another_header_is_refused(field, line_break):
    with pytest.raises(ValueError, match=r"header|address"):
        compose(replace(LETTER, **{field: f"{getattr(LETTER, field)}{line_break}Bcc: all@example.com"}), FROM)


@pytest.mark.parametrize(
    "to", ["", "hong", "a@b@c", "hong@example.com, kim@example.com", "<hong@example.com>", "홍@example.com", "a b@c"]
)
def test_recipient_that_is_none_is_refused(to):
    with pytest.raises(ValueError, match="address"):
        compose(replace(LETTER, to=to), FROM)
