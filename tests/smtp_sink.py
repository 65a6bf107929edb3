"""A mail server for tests, as a process of its own: `python -m tests.smtp_sink mails.jsonl [--port 0] [...]`.

Prints the port on which it listens, then keeps each mail as a line of JSON {to, connection, raw} in the file. What it
does is told by the recipient: `temp-...` is answered 451, `perm-...` 550, `drop-...` has its text taken and the
connection cut without a reply. With --certificate and --key it speaks TLS: after STARTTLS, or from the start with
--implicit-tls. With --login user:password it wants that log-in first.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import sys
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Sink:
    def __init__(self, file: Path) -> None:
        self._file = file

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, _: Any) -> str:  # noqa: N802
        if to.startswith("temp-"):
            return f"451 4.3.0 <{to}>: try again later"
        if to.startswith("perm-"):
            return f"550 5.1.1 <{to}>: no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.original_content, bytes)
        assert session.peer is not None
        line = {
            "to": envelope.rcpt_tos[0],
            "connection": session.peer[1],
            "raw": envelope.original_content.decode("ascii"),
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        if envelope.rcpt_tos[0].startswith("drop-"):
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"


def server(options: argparse.Namespace) -> SMTP:
    known: dict[str, Any] = {}
    if options.certificate and not options.implicit_tls:
        known.update(tls_context=tls(options), require_starttls=True)
    if options.login:
        known.update(
            authenticator=partial(authenticate, options.login),
            auth_required=True,
            auth_require_tls=bool(options.certificate) and not options.implicit_tls,
        )
    return SMTP(Sink(options.file), hostname="sink", **known)


def authenticate(wanted: str, server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    right = f"{given.login.decode()}:{given.password.decode()}" == wanted
    return AuthResult(success=right, handled=False)


def tls(options: argparse.Namespace) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    return context


async def listen(options: argparse.Namespace) -> None:
    listening = await asyncio.get_running_loop().create_server(
        lambda: server(options), "127.0.0.1", options.port, ssl=tls(options) if options.implicit_tls else None
    )
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await listening.serve_forever()


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A mail server for tests.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--implicit-tls", action="store_true")
    parser.add_argument("--login")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(listen(options()))
