"""Mail by SMTP: smtp://, smtp+starttls:// and smtps://, with user:password in the URL where the server asks for them.

A connection is opened for the first letter and used for those that follow. What the server says to a letter decides:
4xx is temporary, 5xx permanent. What it says before (greeting, TLS, log-in) is never the letter's fault: temporary.
A connection that breaks after the text was handed over leaves the outcome unknown: SMTP has no way to ask.
Does not guard against a server that takes a letter twice under one Message-ID.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import unquote, urlsplit

import eventlet

from services.notify.channels.urls import rate_of
from services.notify.domain.message import Fault, Outcome
from services.notify.domain.provider import LINES, Answer, Letter, UnaskableLine
from services.notify.domain.receipt import Report, Reported

TIMEOUT = 10.0
"""Seconds that any one answer of the server may take."""

LETTER_LIMIT = 25.0
"""Seconds that a try to send a letter may take in all, for a server that is just quick enough every time."""

SERVICE_CLOSES = 421

NOBODY_THERE = re.compile(r"5\d\d[ -]5\.1\.(1|2|3|6|10)\b")
"""Enhanced status codes (RFC 3463, RFC 7505) that say of the address itself that no mail will ever reach it."""

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

WIRE = compat32.clone(linesep="\r\n")
_ADDRESS = re.compile(r"[^\s\x00-\x20<>()\[\],;:\\\"@]+@[^\s\x00-\x20<>()\[\],;:\\\"@]+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

Reply = tuple[int, bytes]


class Smtp:
    """name: the server's, where there are several. rate: `?rate=` in the URL, letters per second."""

    repeats_are_safe = False
    can_be_asked = False
    lines = LINES

    def __init__(self, url: str, mail_from: str, name: str = "smtp") -> None:
        self.name = name
        self.url = url
        self.mail_from = mail_from
        self.rate = rate_of(url)

    def line(self) -> SmtpLine:
        return SmtpLine(self.url, self.mail_from)


class SmtpLine(UnaskableLine):
    """One connection, opened when it is needed and opened again when it broke."""

    def __init__(self, url: str, mail_from: str) -> None:
        self._url = url
        self._mail_from = mail_from
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> Answer:
        try:
            mail = compose(letter, self._mail_from)
        except ValueError as error:
            return Answer(Outcome.PERMANENT, f"cannot be written as a mail: {error}")
        used_before = self._server is not None
        answer = self._try(letter, mail)
        if answer is None and used_before:
            # The server had closed the connection between two letters, which it may. It has not seen this one.
            answer = self._try(letter, mail)
        lost = "connection lost before the letter was handed over"
        return answer or Answer(Outcome.TEMPORARY, lost, Fault.PROVIDER)

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def _try(self, letter: Letter, mail: bytes) -> Answer | None:
        """None: the connection broke, and the server cannot have the letter."""
        # Raised in whatever the server lets us wait for, and an OSError there like any other.
        with eventlet.Timeout(LETTER_LIMIT, TimeoutError(f"not done after {LETTER_LIMIT:.0f} s")):
            return self._converse(letter, mail)

    def _converse(self, letter: Letter, mail: bytes) -> Answer | None:
        try:
            server = self._open()
        except smtplib.SMTPResponseException as error:
            said = _said((error.smtp_code, _bytes(error.smtp_error)))
            return Answer(Outcome.TEMPORARY, said, Fault.PROVIDER)
        except (smtplib.SMTPException, OSError) as error:
            return Answer(Outcome.TEMPORARY, f"{type(error).__name__}: {error}", Fault.PROVIDER)
        try:
            refused = _introduce(server, self._mail_from, letter.to)
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
            return None
        if refused is not None:
            self._reset(server)
            return _judged(refused)
        return self._hand_over(server, mail)

    def _hand_over(self, server: smtplib.SMTP, mail: bytes) -> Answer:
        try:
            server.send(_dots_doubled(mail) + b".\r\n")
            reply = server.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Answer(Outcome.UNKNOWN, f"no reply after the letter was handed over: {error}", Fault.PROVIDER)
        if reply[0] == 421:
            self._drop()
        return _judged(reply)

    def _open(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = _connect(self._url)
        return self._server

    def _reset(self, server: smtplib.SMTP) -> None:
        try:
            server.rset()
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


def compose(letter: Letter, mail_from: str) -> bytes:
    """The letter as it goes over the wire. Raises ValueError for what cannot stand in a header.

    By the standard library's older classes: EmailMessage folds by a parser that takes ten times as long, and would be
    what limits the mails per second.
    """
    if not (letter.to.isascii() and _ADDRESS.fullmatch(letter.to)):
        raise ValueError("the recipient is no address")
    # Base64 passes servers that know only 7 bits, and no line of it is too long or begins with a dot.
    mail = MIMEText(_LINE_BREAK.sub("\r\n", letter.body), "plain", "utf-8", policy=WIRE)
    mail["From"] = formataddr((_one_line(letter.sender), mail_from))
    mail["To"] = letter.to
    mail["Subject"] = Header(_one_line(letter.subject), "utf-8", header_name="Subject")  # type: ignore[assignment] # the stubs know strings alone
    mail["Message-ID"] = f"<{_one_line(letter.message_id)}>"
    mail["Date"] = format_datetime(letter.at)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = _one_line(letter.locale)
    return mail.as_bytes()


def _one_line(text: str) -> str:
    """Raises ValueError: a break would begin another header."""
    if _CONTROL.search(text):
        raise ValueError("a header has a control character")
    return text


def receipts(body: Any) -> Sequence[Reported]:
    """What reads the mail server's bounces tells: a list of {id, message_id, report, detail}. message_id: as in the
    mail's header; report: delivered, failed, bounced. Raises ValueError.
    """
    if not isinstance(body, list) or not all(isinstance(each, dict) for each in body):
        raise ValueError("a list of reports is expected")
    return [
        Reported(
            receipt_id=str(each.get("id") or f"{each.get('message_id')}:{each.get('report')}"),
            report=Report(str(each.get("report"))),
            message_id=str(each.get("message_id", "")).strip("<>"),
            provider_message_id="",
            detail=str(each.get("detail", "")),
        )
        for each in body
    ]


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, sender: str, to: str) -> Reply | None:
    """Says from whom, to whom, and that the text follows. Returns the server's refusal; None: it waits for the text."""
    reply: Reply = server.mail(sender)
    if reply[0] // 100 == 2:
        reply = server.rcpt(to)
    if reply[0] // 100 == 2:
        reply = server.docmd("DATA")
    return None if reply[0] == 354 else reply


def _judged(reply: Reply) -> Answer:
    kind = reply[0] // 100
    outcome = {2: Outcome.SENT, 5: Outcome.PERMANENT}.get(kind, Outcome.TEMPORARY)
    said = _said(reply)
    if reply[0] == SERVICE_CLOSES:
        return Answer(outcome, said, Fault.PROVIDER)
    nobody_there = outcome is Outcome.PERMANENT and NOBODY_THERE.match(said)
    return Answer(outcome, said, Fault.ADDRESS if nobody_there else None)


def _said(reply: Reply) -> str:
    return f"{reply[0]} {_bytes(reply[1]).decode('utf-8', 'replace')}"


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _dots_doubled(mail: bytes) -> bytes:
    """RFC 5321, 4.5.2. The text ends with a line break, for the final dot stands on a line of its own."""
    return re.sub(rb"(?m)^\.", b"..", mail if mail.endswith(b"\r\n") else mail + b"\r\n")
