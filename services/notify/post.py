"""`Post`: gives the service what of its settings and its delivery its methods need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis.config import Config
from services.chassis.store import store_of
from services.notify import channels, rendering
from services.notify.delivery import Delivery
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Channel
from services.notify.usecases.tell import Desk


class Post(DependencyProvider):  # type: ignore[misc] # nameko has no types
    def setup(self) -> None:
        self._config: Config = self.container.config["madang"]
        self.templates = rendering.installed()  # one that cannot be used stops the start, not a message

    def start(self) -> None:
        database = store_of(self.container).database
        self._delivery = Delivery(database, channels.carriers(self._config, database))

    def stop(self) -> None:
        self._delivery.close()

    def get_dependency(self, worker_ctx: Any) -> Post:
        return self

    @property
    def mailbox_is_open(self) -> bool:
        """May anybody read what went out? In development alone."""
        return self._config.dev_login

    @property
    def mail_domain(self) -> str:
        return self._config.mail_from.rpartition("@")[2]

    @property
    def receipt_secrets(self) -> Mapping[str, str]:
        """By provider: what their receipts are signed with."""
        return dict(self._config.receipt_secrets)

    def desk(self, letterhead: Letterhead) -> Desk:
        """Phones are written to where a provider for them is configured, not for the development mailbox alone."""
        texts = {Channel.SMS, Channel.LMS} if self._config.sms_urls else set()
        notices = {Channel.ALIMTALK} if self._config.alimtalk_urls else set()
        mail = {Channel.EMAIL} if self._config.smtp_urls else set()
        carried = set(Channel) if self.mailbox_is_open else {Channel.INBOX, Channel.WEBHOOK, *mail, *texts, *notices}
        return Desk(letterhead, self.templates, self.mail_domain, frozenset(texts | notices), frozenset(carried))

    def deliver(self, letterhead: Letterhead) -> bool:
        """See Delivery.deliver."""
        return self._delivery.deliver(letterhead)
