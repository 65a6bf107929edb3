"""The development mode's own: anybody logs in as anybody, the clock is moved, mails are read instead of sent.

Registered only where the development log-in is on, which the configuration allows on a loopback address alone; the
clock only where everything runs in this process, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app, request

from services.chassis import clock
from services.chassis.development import move_clock
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import said
from services.gateway.api.once import once
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import development as schemas
from services.gateway.api.schemas.people import AccessToken
from services.gateway.identity import LIFETIME, local
from services.gateway.identity.door import door
from services.gateway.identity.subject import Subject
from services.gateway.rpc import ask

login = Blueprint("development", __name__, description="Only in development mode")
timekeeping = Blueprint("clock", __name__, description="Only in embedded development mode")


@login.before_request
@timekeeping.before_request
def _require_this_machine() -> None:
    local.require(request, current_app.extensions["config"])


@login.operation("POST", "/dev/tokens", body=Subject, answer=AccessToken, refuses=(404,), public=True)
def issue_token(body: Mapping[str, Any]) -> Any:
    """Log in as anybody."""
    return once(
        "issue_token",
        body,
        lambda: {
            "access_token": door().tokens.issue(body),
            "token_type": "Bearer",
            "expires_in": int(LIFETIME.total_seconds()),
        },
    )


@login.operation("GET", "/dev/mailbox", query=schemas.FindMails, answer=schemas.Mailbox, refuses=(404,), public=True)
def list_mailbox(query: Mapping[str, Any]) -> Any:
    """Read what was sent, the newest first."""
    return ask("notify", "list_mailbox", query)


@timekeeping.operation(
    "POST", "/dev/clock", body=schemas.MoveClock, answer=schemas.Clock, refuses=(404, 409), public=True
)
def set_clock(body: Mapping[str, Any]) -> Any:
    """Move the clock forward and do everything that became due."""
    return once("set_clock", body, lambda: _moved(datetime.fromisoformat(body["now"])))


def _moved(moment: datetime) -> Mapping[str, Any]:
    try:
        move_clock(moment)
    except ValueError as error:
        now = clock.now().isoformat(timespec="seconds")
        raise IllegalTransition(said(_("The clock cannot go back. It is %(now)s."), now=now), state=now) from error
    return {"now": clock.now().isoformat()}
