"""Services in the test's own process, on an embedded broker of their own, with a clock that stands still.

`Bench` runs whole containers: what a test sees went through the broker, the entrypoints and the database. The process
must be monkey-patched. RPC goes through nameko's own client, as anybody else's would.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from nameko.standalone.rpc import ClusterRpcProxy

from services.chassis import clock, development, ids, migrate, profile, publishing, store, topology
from services.chassis.config import Config
from services.chassis.context import Actor
from services.chassis.db import Database
from services.chassis.inproc import BROKERS
from services.chassis.manifest import Manifest
from services.chassis.runner import Runner


class Bench:
    """Some services, migrated and loaded. Each has an SQLite database in `directory`, unless one is given.

    urls: addresses of databases. databases: such as are open and migrated.
    """

    def __init__(
        self,
        directory: Path,
        manifests: Sequence[Manifest],
        *,
        urls: Mapping[str, str] | None = None,
        databases: Mapping[str, Database] | None = None,
        profile_path: Path = Path("deploy/centres/seogu.yaml"),
        known: Sequence[Manifest] | None = None,
        **settings: Any,
    ) -> None:
        """`settings`: of Config, where a test needs others."""
        self._broker = ids.new_id()
        self._databases = databases or {}
        given = {name: each.engine.url.render_as_string(hide_password=False) for name, each in self._databases.items()}
        own: dict[str, Any] = {
            "data": directory,
            "amqp_uri": f"inproc://{self._broker}/",
            "service_database_urls": {**(urls or {}), **given},
            "dev_login": True,
        }
        self.config = replace(Config(), **(own | settings))
        self._manifests = {each.name: each for each in manifests}
        self._profile = profile_path
        self._runner = Runner(self.config, manifests, topology.subscribed(known or manifests))

    def start(self) -> None:
        content = _parsed(self._profile.read_text(encoding="utf-8"))
        for manifest in self._manifests.values():
            if manifest.name in self._databases:
                store.provide(self._databases[manifest.name])
            else:
                migrate.upgrade(self.database(manifest.name), manifest)
            self.database(manifest.name).transaction(
                partial(profile.load, manifest=manifest, content=content, now=clock.now())
            )
        topology.declare(self.config.amqp_uri, self._manifests.values(), self.config.outside_sources)
        self._runner.start()

    def stop(self) -> None:
        """What was still on its way is gone with its broker, and keeps nobody else from being quiet."""
        self._runner.stop()
        BROKERS.pop(self._broker, None)

    def database(self, service: str) -> Database:
        return store.open_database(self.config, service)

    @contextmanager
    def acting(self, actor: Actor | None = None, *, locale: str = "en", **context: Any) -> Iterator[Any]:
        """An RPC proxy to all services for `actor`, nobody in particular by default."""
        data = {"locale": locale, **context}
        if actor is not None:
            data["actor"] = actor.to_wire()
        with ClusterRpcProxy({"AMQP_URI": self.config.amqp_uri}, context_data=data, timeout=30) as proxy:
            yield proxy

    def publish(self, source: str, routing_key: str, body: dict[str, Any] | str) -> None:
        """Puts a message on a source's event exchange, as any AMQP client could."""
        publisher = publishing.Publisher(self.config.amqp_uri)
        text = body if isinstance(body, str) else json.dumps(body)
        publisher.publish([publishing.Event("", text, f"{source}.events", routing_key, mandatory=False)])
        publisher.close()

    def settle(self) -> None:
        """Until no event is on its way and no timer has work."""
        development.settle()

    def move_clock(self, moment: datetime) -> None:
        development.move_clock(moment)


@lru_cache(maxsize=16)
def _parsed(profile_text: str) -> dict[str, Any]:
    """Parse a profile once for many tests. The caller does not change it."""
    content: dict[str, Any] = yaml.load(profile_text, yaml.CSafeLoader)
    return content
