"""The providers, one file each, behind the interface in provider.py."""

from __future__ import annotations

from collections.abc import Mapping

from services.chassis.config import Config
from services.chassis.db import Database
from services.notify.channels.mailbox import Mailbox
from services.notify.channels.provider import Provider
from services.notify.channels.smtp import Smtp
from services.notify.domain.message import Channel


def providers(config: Config, database: Database) -> Mapping[Channel, Provider]:
    """Who carries what. Without a mail server mails go into the development mailbox."""
    mail: Provider = Smtp(config.smtp_url, config.mail_from) if config.smtp_url else Mailbox(database)
    return {Channel.EMAIL: mail}


__all__ = ["providers"]
