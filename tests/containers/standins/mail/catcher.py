"""Keeps every mail that it is given by SMTP and shows them as Mailpit's HTTP interface does, as far as a test reads it.

`GET /api/v1/messages` (newest first; limit), `GET /api/v1/message/{ID}`, `DELETE /api/v1/messages`, `GET /readyz`.
Nothing is stored: a restart forgets.
"""

from __future__ import annotations

import json
import signal
import threading
import uuid
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller

SMTP_PORT, HTTP_PORT = 1025, 8025

kept: list[dict[str, Any]] = []


def addresses(mail: EmailMessage, header: str) -> list[dict[str, str]]:
    values = [str(value) for value in mail.get_all(header, [])]
    return [{"Name": name, "Address": address} for name, address in getaddresses(values)]


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body(preferencelist=(kind,))
    return "" if body is None else str(body.get_content())


class Keeper:
    """What aiosmtpd calls for each mail."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        text = part(mail, "plain")
        named = {each["Address"] for header in ("To", "Cc") for each in addresses(mail, header)}
        kept.append(
            {
                "ID": uuid.uuid4().hex,
                "MessageID": str(mail.get("Message-ID", "")).strip("<>"),
                "From": (addresses(mail, "From") or [{"Name": "", "Address": envelope.mail_from or ""}])[0],
                "To": addresses(mail, "To"),
                "Cc": addresses(mail, "Cc"),
                "Bcc": [{"Name": "", "Address": rcpt} for rcpt in envelope.rcpt_tos if rcpt not in named],
                "Subject": str(mail.get("Subject", "")),
                "Created": datetime.now(UTC).isoformat(),
                "Size": len(envelope.content),
                "Snippet": " ".join(text.split())[:250],
                "Text": text,
                "HTML": part(mail, "html"),
            }
        )
        return "250 kept"


class Reader(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/api/v1/messages":
            limit = int(parse_qs(address.query).get("limit", ["50"])[0])
            listed = [summary(mail) for mail in reversed(kept)][:limit]
            self.answer(200, {"total": len(kept), "count": len(listed), "messages": listed})
        elif address.path.startswith("/api/v1/message/"):
            asked = address.path.rpartition("/")[2]
            found = [mail for mail in kept if mail["ID"] == asked]
            self.answer(200, found[0]) if found else self.answer(404, {"Error": "not found"})
        elif address.path in {"/readyz", "/livez"}:
            self.answer(200, "ok")
        else:
            self.answer(404, {"Error": "not found"})

    def do_DELETE(self) -> None:
        if urlsplit(self.path).path == "/api/v1/messages":
            kept.clear()
            self.answer(200, "ok")
        else:
            self.answer(404, {"Error": "not found"})

    def answer(self, status: int, body: Any) -> None:
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def summary(mail: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in mail.items() if name not in {"Text", "HTML"}}


def main() -> None:
    smtp = Controller(Keeper(), hostname="0.0.0.0", port=SMTP_PORT)
    smtp.start()
    http = ThreadingHTTPServer(("0.0.0.0", HTTP_PORT), Reader)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    # As process 1 a container's program has no default action for SIGTERM.
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    http.shutdown()
    smtp.stop()


if __name__ == "__main__":
    # Blocked before any thread starts, so that only sigwait above gets them.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
