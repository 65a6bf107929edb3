"""`Post`: gives the service what of its settings and its delivery its methods need."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis.config import Config
from services.chassis.store import store_of
from services.notify import channels
from services.notify.delivery import Delivery
from services.notify.domain.letterhead import Letterhead


class Post(DependencyProvider):  # type: ignore[misc] # nameko has no types
    def setup(self) -> None:
        self._config: Config = self.container.config["madang"]

    def start(self) -> None:
        database = store_of(self.container).database
        self._delivery = Delivery(database, channels.providers(self._config, database))

    def get_dependency(self, worker_ctx: Any) -> Post:
        return self

    @property
    def mailbox_is_open(self) -> bool:
        """May anybody read what went out? In development alone."""
        return self._config.dev_login

    @property
    def mail_domain(self) -> str:
        return self._config.mail_from.rpartition("@")[2]

    def deliver(self, letterhead: Letterhead) -> bool:
        """See Delivery.deliver."""
        return self._delivery.deliver(letterhead)
