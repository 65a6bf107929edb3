"""Texts and KakaoTalk notices by a Korean provider's HTTP interface, in the manner of SOLAPI's messages/v4.

Requests are signed: `Authorization: HMAC-SHA256 apiKey=…, date=…, salt=…, signature=…`, which is HMAC-SHA256 over date
and salt. `POST /messages/v4/send {"message": {…}}` is answered with the provider's messageId and a statusCode, and our
own key stands in customFields, by which `GET /messages/v4/list` finds what it has had: so it can be asked.
Does not assume that the provider knows a repeat when it sees one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from services.chassis import clock
from services.notify.channels.urls import options_of, rate_of
from services.notify.channels.web import HttpLine, NoAnswer, NotReached, Reply
from services.notify.domain import texting
from services.notify.domain.message import Channel, Fault, Outcome
from services.notify.domain.provider import LINES, Answer, Letter, Line
from services.notify.domain.receipt import Report, Reported

SEND, LIST = "/messages/v4/send", "/messages/v4/list"
TAKEN = frozenset({"2000", "3000"})
"""Statuses of a message that is on its way; 4000: it has arrived."""
ARRIVED = "4000"
NO_SUCH_NUMBER = frozenset({"1020", "3014", "3058"})
"""The number is none, or nobody has it."""
BUSY = frozenset({"1099", "3099"})
"""The provider's own trouble; it has not taken the message."""
THEIR_TROUBLE = frozenset({401, 402, 403, 408, 425, 429})
"""Statuses of HTTP by which the provider refuses us, not this letter: the key, the balance, the pace."""


class Solapi:
    """URL: https://KEY:SECRET@host?from=SENDER[&profile=KAKAO_PROFILE][&rate=PER_SECOND]. For SMS, LMS and AlimTalk."""

    repeats_are_safe = False
    can_be_asked = True
    lines = LINES

    def __init__(self, url: str, name: str) -> None:
        parts = urlsplit(url)
        options = options_of(url)
        self.name = name
        self.rate = rate_of(url)
        self.url = url
        self.key, self.secret = unquote(parts.username or ""), unquote(parts.password or "")
        self.sender = options["from"]
        self.profile = options.get("profile", "")

    def line(self) -> Line:
        return SolapiLine(self)


class SolapiLine:
    def __init__(self, provider: Solapi) -> None:
        self._provider = provider
        self._line = HttpLine(provider.url)

    def send(self, letter: Letter) -> Answer:
        body = json.dumps({"message": self._message(letter)}, ensure_ascii=False).encode()
        try:
            reply = self._request("POST", SEND, body)
        except NotReached as error:
            return Answer(Outcome.TEMPORARY, str(error), Fault.PROVIDER)
        except NoAnswer as error:
            return Answer(Outcome.UNKNOWN, f"no answer after the request was sent: {error}", Fault.PROVIDER)
        return judged(reply)

    def ask(self, letter: Letter) -> Answer | None:
        query = urlencode({"criteria": "customFields.key", "cond": "eq", "value": letter.message_id})
        try:
            reply = self._request("GET", f"{LIST}?{query}", None)
        except (NotReached, NoAnswer) as error:
            return Answer(Outcome.UNKNOWN, f"could not be asked: {error}", Fault.PROVIDER)
        content = _read(reply)
        if reply.status != 200 or content is None or "messageList" not in content:
            return Answer(Outcome.UNKNOWN, f"could not be asked: {_said(reply)}", Fault.PROVIDER)
        found = list(content["messageList"].values())
        return _of_code(str(found[0].get("statusCode", "")), found[0]) if found else None

    def close(self) -> None:
        self._line.close()

    def _message(self, letter: Letter) -> dict[str, Any]:
        message: dict[str, Any] = {
            "to": _domestic(letter.to),
            "from": self._provider.sender,
            "customFields": {"key": letter.message_id},
        }
        if letter.channel is Channel.ALIMTALK:
            kakao = {"pfId": self._provider.profile, "templateId": f"{letter.template}_{letter.locale}"}
            # The fallback is ours: the provider must not send a text of its own as well.
            return {**message, "type": "ATA", "text": letter.body, "kakaoOptions": {**kakao, "disableSms": True}}
        text = texting.plain(letter.body).strip()
        if texting.channel_for(text) is Channel.SMS:
            return {**message, "type": "SMS", "text": text}
        title = texting.cut(letter.subject, texting.LMS_TITLE_BYTES)
        return {**message, "type": "LMS", "subject": title, "text": text}

    def _request(self, method: str, target: str, body: bytes | None) -> Reply:
        headers = {"Authorization": signed(self._provider.key, self._provider.secret)}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self._line.request(method, target, body, headers)


def signed(key: str, secret: str, *, date: str = "", salt: str = "") -> str:
    """The value of the Authorization header. date: of now, salt: a new one, unless given."""
    date = date or clock.wall().strftime("%Y-%m-%dT%H:%M:%SZ")
    salt = salt or secrets.token_hex(16)
    signature = hmac.new(secret.encode(), f"{date}{salt}".encode(), hashlib.sha256).hexdigest()
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={signature}"


def judged(reply: Reply) -> Answer:
    """What the answer to a send means."""
    content = _read(reply)
    if reply.status >= 500:
        # It may have failed before or after it took the message.
        return Answer(Outcome.UNKNOWN, _said(reply), Fault.PROVIDER)
    if reply.status in THEIR_TROUBLE:
        return Answer(Outcome.TEMPORARY, _said(reply), Fault.PROVIDER)
    if reply.status >= 400:
        return Answer(Outcome.PERMANENT, _said(reply))
    if content is None or "statusCode" not in content:
        return Answer(Outcome.UNKNOWN, f"not understood: {_said(reply)}", Fault.PROVIDER)
    return _of_code(str(content["statusCode"]), content)


def receipts(body: Any) -> Sequence[Reported]:
    """A list of messages, each as in the answer to a send. Those on their way say nothing. Raises ValueError."""
    if not isinstance(body, list) or not all(isinstance(each, Mapping) for each in body):
        raise ValueError("a list of messages is expected")
    found = []
    for each in body:
        code, name = str(each.get("statusCode", "")), str(each.get("messageId", ""))
        if not code or not name:
            raise ValueError("a message has messageId and statusCode")
        if code in TAKEN:
            continue
        report = Report.DELIVERED if code == ARRIVED else Report.BOUNCED if code in NO_SUCH_NUMBER else Report.FAILED
        fields = each.get("customFields")
        key = str(fields.get("key", "")) if isinstance(fields, Mapping) else ""
        found.append(Reported(f"{name}:{code}", report, key, name, f"{code} {each.get('statusMessage', '')}".strip()))
    return found


def _of_code(code: str, content: Mapping[str, Any]) -> Answer:
    said = f"{code} {content.get('statusMessage', '')}".strip()
    name = str(content["messageId"]) if content.get("messageId") else None
    if code in TAKEN or code == ARRIVED:
        return Answer(Outcome.SENT, said, provider_message_id=name)
    if code in BUSY:
        return Answer(Outcome.TEMPORARY, said, Fault.PROVIDER, name)
    return Answer(Outcome.PERMANENT, said, Fault.ADDRESS if code in NO_SUCH_NUMBER else None, name)


def _read(reply: Reply) -> dict[str, Any] | None:
    try:
        content = json.loads(reply.body)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _said(reply: Reply) -> str:
    content = _read(reply) or {}
    words = f"{content.get('errorCode', '')} {content.get('errorMessage', '')}".strip()
    return f"HTTP {reply.status} {words}".strip()


def _domestic(phone: str) -> str:
    """Korean numbers as they are dialled at home; others without their +."""
    return "0" + phone.removeprefix("+82") if phone.startswith("+82") else phone.removeprefix("+")
