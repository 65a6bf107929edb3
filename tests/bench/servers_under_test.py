"""The two services that are compared: a bare nameko service, and the probe on the chassis. `python -m … bare|probe`."""

from __future__ import annotations

import sys

from services.chassis import green

green.patch()

import os  # noqa: E402

from nameko.events import event_handler  # noqa: E402
from nameko.rpc import rpc  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402


class Bare:
    """What nameko gives by itself: no database, no inbox, events lost when the handler fails."""

    name = "bare"
    handled = 0

    @rpc
    def echo(self, **arguments):
        return arguments

    @event_handler("bench", "noted")
    def note(self, body):
        type(self).handled += 1

    @rpc
    def count(self):
        return type(self).handled


def run_bare() -> None:
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URI"], "max_workers": 10})
    runner.add_service(Bare)
    runner.start()
    print("ready", flush=True)
    runner.wait()


def run_probe() -> None:
    from services.chassis import clock, logs, migrate, profile, store, topology
    from services.chassis.config import Config
    from services.chassis.runner import Runner
    from tests.probe.service import MANIFEST

    config = Config.from_environ({**os.environ, "MADANG_LOG_LEVEL": "WARNING"})
    logs.configure(config.log_level)
    database = store.open_database(config, MANIFEST.name)
    migrate.upgrade(database, MANIFEST)
    database.transaction(lambda session: profile.load(session, MANIFEST, {}, clock.now()))
    topology.declare(config.amqp_uri, [MANIFEST], config.outside_sources)
    runner = Runner(config, [MANIFEST], topology.subscribed([MANIFEST]))
    runner.obey_signals()
    runner.start()
    print("ready", flush=True)
    runner.wait()
    runner.stop()


if __name__ == "__main__":
    {"bare": run_bare, "probe": run_probe}[sys.argv[1]]()
