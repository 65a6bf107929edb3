"""The `madang` command line. Everything that it does is a few lines over a chassis module; services add their own
commands.

What a command needs is imported when it runs: after the arguments are read, and after the process is made green.
"""

from __future__ import annotations

import signal

# Until the runner obeys signals, Ctrl-C ends the process at once and without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Any

from services.chassis import clock, green
from services.chassis.config import Config, ConfigError, database_variable, is_secret
from services.chassis.errors import DomainError, NotFound
from services.chassis.manifest import Manifest, UnknownService, installed, named, service_names


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    chosen = parser.parse_args(arguments)
    green.patch()
    from services.chassis import logs

    try:
        config = Config.from_environ(os.environ)
        logs.configure(config.log_level)
        if config.clock_start is not None:
            clock.start_at(config.clock_start)
        return int(chosen.do(config, chosen) or 0)
    except tuple(_refusals()) as error:
        print(f"madang: {_reason(error)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # whoever read what is printed has seen enough; the interpreter must not try to write the rest at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def run(config: Config, _: argparse.Namespace) -> None:
    """Everything in one process, on the embedded broker and SQLite, with the development log-in."""
    began = time.monotonic()
    config = config.for_development()
    known = list(installed().values())
    with importing(known):
        from services.chassis import data_folder, topology
        from services.chassis.runner import Runner, require_free_ports
    require_free_ports(config, known)
    data_folder.lock(config.data)
    _migrate(config)
    load(config, argparse.Namespace(file=None))
    runner = Runner(config, known, topology.subscribed(known))
    runner.obey_signals()
    if runner.start():
        _greet(config, known, time.monotonic() - began)
    runner.wait()
    runner.stop()


def _greet(config: Config, known: Iterable[Manifest], seconds: float) -> None:
    print(f"Madang runs at http://{config.host}:{config.port} (ready in {seconds:.1f} s; stop with Ctrl-C)", flush=True)
    for manifest in known:
        for line in manifest.greeting:
            print("  " + line.replace("<address>", f"http://{config.host}:{config.port}"), flush=True)


def serve(config: Config, chosen: argparse.Namespace) -> None:
    """One service, on the broker and the database that the environment names."""
    served = [named(chosen.service)]
    with importing(served):
        from services.chassis import contracts
        from services.chassis.runner import Runner, require_free_ports
    require_free_ports(config, served)
    runner = Runner(config, served, contracts.heard(served))  # without importing the services that do not run here
    runner.obey_signals()
    runner.start()
    runner.wait()
    runner.stop()


@contextmanager
def importing(services: Iterable[Manifest]) -> Iterator[None]:
    """Imports the services, too. What is imported stays: garbage is looked for neither meanwhile nor in it later, which
    would take a tenth of the start.
    """
    gc.disable()
    try:
        yield
        for each in services:
            each.service_class()
    finally:
        gc.freeze()
        gc.enable()


def migrate(config: Config, _: argparse.Namespace) -> None:
    """Brings every service's database to this version and declares the broker's queues."""
    for line in _migrate(config):
        print(line)


def _migrate(config: Config) -> list[str]:
    """Returns a line for each database."""
    from services.chassis import migrate, topology

    known = list(installed().values())
    _refuse_shared_databases(config, known)
    lines = []
    for manifest, database in _databases(config):
        is_migrated = migrate.upgrade(database, manifest)
        state = f"migrated to {', '.join(sorted(migrate.heads(manifest)))}" if is_migrated else "up to date"
        lines.append(f"{manifest.name}: {state}")
    topology.declare(config.amqp_uri, known, config.outside_sources)
    return lines


def load(config: Config, chosen: argparse.Namespace) -> None:
    """Checks the profile and gives every service the sections that it reads."""
    from services.chassis import profile

    known = [manifest for manifest in installed().values() if manifest.has_database]
    sections = {name: schema for manifest in known for name, schema in manifest.schemas().items()}
    others = bool(service_names() - installed().keys())
    content = profile.read(chosen.file or config.profile, sections, others=others)
    for manifest, database in _databases(config):
        database.transaction(partial(profile.load, manifest=manifest, content=content, now=clock.now()))


def deadletters(config: Config, chosen: argparse.Namespace) -> None:
    from services.chassis import deadletters

    if chosen.action == "list":
        for manifest, database in _databases(config, chosen.service):
            for row in database.transaction(deadletters.dead):
                print(f"{manifest.name}\t{row.event_id}\t{row.event}\t{row.consumer}\t{row.attempts}\t{row.error}")
        return
    if not chosen.id:
        raise NotFound("Say which dead letter: give its id.")
    found = 0
    for manifest, database in _databases(config, chosen.service):
        rows = database.transaction(partial(deadletters.of_event, event_id=chosen.id))
        found += len(rows)
        if rows and chosen.action == "show":
            print(_json([{"service": manifest.name, **row._asdict()} for row in rows]))
        elif rows:
            act = {"replay": deadletters.replay, "discard": deadletters.discard}[chosen.action]
            print(f"{manifest.name}: {chosen.action}: {database.transaction(partial(act, event_id=chosen.id))}")
            if chosen.action == "replay":
                _ask_to_look(config, manifest.name)
    if not found:
        raise NotFound("No dead letter has this id.")


def outbox(config: Config, chosen: argparse.Namespace) -> None:
    """Events that are not published yet, oldest first."""
    from services.chassis import outbox

    for manifest, database in _databases(config, chosen.service):
        for row in database.transaction(outbox.unpublished):
            columns = (
                manifest.name,
                row.event_id,
                row.event,
                row.created_at.isoformat(),
                row.attempts,
                row.error or "",
            )
            print("\t".join(str(column) for column in columns))


def events(config: Config, chosen: argparse.Namespace) -> None:
    from services.chassis import contracts, outbox, store

    if chosen.action == "schema":
        print(_json({each.type: contracts.json_schema(each) for each in contracts.published(installed().values())}))
        return
    if not (chosen.service and chosen.start and chosen.end):
        raise ConfigError("Say which events: give --service, --start and --end.")
    database = store.open_database(config, named(chosen.service).name)
    again = database.transaction(lambda s: outbox.republish(s, chosen.start, chosen.end, chosen.event))
    print(f"{chosen.service}: {again} events will be published again")
    _ask_to_look(config, chosen.service)


def _ask_to_look(config: Config, service: str) -> None:
    """The service is another process, which cannot know what was just committed."""
    from services.chassis.agenda import LOOK
    from services.chassis.rpc import ask_to_look

    # nor can the embedded broker be reached from here
    if config.embedded or not ask_to_look(config.amqp_uri, service):
        print(f"{service}: finds this within {LOOK:.0f} s")


def asyncapi(_: Config, __: argparse.Namespace) -> None:
    from services.chassis import contracts

    print(_json(contracts.asyncapi(list(installed().values()))))


def settings(config: Config, _: argparse.Namespace) -> None:
    """Every setting, its meaning and its value."""
    for each in fields(config):
        if "variable" in each.metadata:
            variable = each.metadata["variable"]
            value = "***" if is_secret(variable) else getattr(config, each.name)
            print(f"{variable:34} {each.metadata['meaning']} [{value}]")
    for service in sorted(service_names()):
        given = "***" if service in config.service_database_urls else ""
        print(f"{database_variable(service):34} database of {service}; empty: DATABASE_URL [{given}]")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="madang", description="Runs a community support centre.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, do: Any, about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(do=do)
        return command

    add("run", run, "everything in one process, embedded")
    add("serve", serve, "one service on real parts").add_argument("service")
    add("migrate", migrate, "bring databases and broker to this version")
    add("load", load, "check a profile and load it").add_argument("file", nargs="?", type=_path)
    dead = add("deadletters", deadletters, "events that were given up")
    dead.add_argument("action", choices=["list", "show", "replay", "discard"])
    dead.add_argument("id", nargs="?")
    dead.add_argument("--service")
    add("outbox", outbox, "events that are not published yet").add_argument("--service")
    event = add("events", events, "event schemas; publish a range again")
    event.add_argument("action", choices=["schema", "replay"])
    event.add_argument("--service")
    event.add_argument("--event")
    event.add_argument("--start", type=datetime.fromisoformat)
    event.add_argument("--end", type=datetime.fromisoformat)
    add("asyncapi", asyncapi, "the events as an AsyncAPI 3 document")
    add("settings", settings, "every setting, its meaning and its value")
    for manifest in installed().values():
        manifest.add_commands(commands)
    return parser


def _path(text: str) -> Any:
    from pathlib import Path

    return Path(text)


def _databases(config: Config, service: str | None = None) -> Iterator[tuple[Manifest, Any]]:
    """The databases of all services, or of the one that is named."""
    from services.chassis import store

    for manifest in [named(service)] if service else installed().values():
        if manifest.has_database:
            yield manifest, store.open_database(config, manifest.name)


def _refuse_shared_databases(config: Config, known: Iterable[Manifest]) -> None:
    owners: dict[str, str] = {}
    for manifest in known:
        if manifest.has_database:
            other = owners.setdefault(config.database_url_of(manifest.name), manifest.name)
            if other != manifest.name:
                raise ConfigError(
                    f"{other} and {manifest.name} would share one database; put {{service}} into DATABASE_URL"
                )


def _reason(error: Exception) -> str:
    """In one line: the cause, and what to do about it where the error does not say it itself."""
    from sqlalchemy.exc import DBAPIError

    from services.chassis import db
    from services.chassis.messaging import BrokerAway

    if isinstance(error, BrokerAway):
        return f"The broker cannot be reached ({error}). Start it, or correct AMQP_URI."
    if not isinstance(error, DBAPIError):
        return str(error).strip()
    cause = next(iter(str(error.orig).strip().splitlines()), type(error.orig).__name__)
    if db.is_away(error):
        variables = f"{database_variable('<service>')}, DATABASE_URL or, for SQLite, MADANG_DATA"
        return f"The database cannot be used ({cause}). Start it, or correct {variables}."
    return cause


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _refusals() -> Iterable[type[Exception]]:
    from sqlalchemy.exc import DBAPIError

    from services.chassis.messaging import BrokerAway
    from services.chassis.profile import ProfileError
    from services.chassis.runner import StartRefused
    from services.chassis.store import ProfileMissing
    from services.chassis.topology import TopologyConflict

    return (
        ConfigError,
        DBAPIError,
        UnknownService,
        DomainError,
        BrokerAway,
        ProfileError,
        ProfileMissing,
        StartRefused,
        TopologyConflict,
    )


if __name__ == "__main__":
    sys.exit(main())
