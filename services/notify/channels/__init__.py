"""The providers, one file each, behind the interface in domain/provider.py, and the channels that each one carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.chassis.config import Config
from services.chassis.db import Database
from services.notify.channels import smtp, solapi
from services.notify.channels.in_app import InApp
from services.notify.channels.mailbox import Mailbox
from services.notify.channels.smtp import Smtp
from services.notify.channels.solapi import Solapi
from services.notify.channels.webhook import WebhookCaller
from services.notify.domain.message import Channel
from services.notify.domain.provider import Provider
from services.notify.domain.receipt import Reported


def carriers(config: Config, database: Database) -> Mapping[Channel, Sequence[Provider]]:
    """By channel, in the order in which they are tried. What has no provider goes into the development mailbox."""
    mailbox: list[Provider] = [Mailbox(database)]
    mail: list[Provider] = [Smtp(url, config.mail_from, name) for name, url in _named("smtp", config.smtp_urls)]
    texts: list[Provider] = [Solapi(url, name) for name, url in _named("sms", config.sms_urls)]
    notices: list[Provider] = [Solapi(url, name) for name, url in _named("alimtalk", config.alimtalk_urls)]
    hooks: list[Provider] = [WebhookCaller(database, may_call_home=config.dev_login)]
    return {
        Channel.INBOX: [InApp()],
        Channel.EMAIL: mail or mailbox,
        Channel.SMS: texts or mailbox,
        Channel.LMS: texts or mailbox,
        Channel.ALIMTALK: notices or mailbox,
        Channel.WEBHOOK: hooks if config.webhooks else mailbox,
    }


RECEIPTS: Mapping[str, Callable[[Any], Sequence[Reported]]] = {
    "smtp": smtp.receipts,
    "sms": solapi.receipts,
    "alimtalk": solapi.receipts,
}
"""How what a provider reports later is read, by the first part of its name."""


def _named(kind: str, urls: Sequence[str]) -> list[tuple[str, str]]:
    """smtp, smtp-2, smtp-3: the name stands with attempts and receipts, so the order should last."""
    return [(kind if number == 1 else f"{kind}-{number}", url) for number, url in enumerate(urls, start=1)]


__all__ = ["RECEIPTS", "carriers"]
