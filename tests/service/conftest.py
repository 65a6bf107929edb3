"""One or more services in this process, on the embedded broker; each test on SQLite and on PostgreSQL.

The process is monkey-patched here, before anything else of the tests is imported.
"""

from services.chassis import green

green.patch()

import inspect  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import ExitStack  # noqa: E402
from datetime import datetime  # noqa: E402
from types import SimpleNamespace  # noqa: E402
from typing import Any  # noqa: E402

import nameko.extensions  # noqa: E402
import pytest  # noqa: E402

from services.chassis import clock, relay, timers  # noqa: E402
from services.chassis.manifest import named  # noqa: E402
from services.chassis.testing import Bench  # noqa: E402
from tests.service import migrated  # noqa: E402

for module in (relay, timers):
    module.GATHER = 0.0  # the pause gathers what many do under load; here each test would wait for it


def _members(owner: object, is_wanted: Callable[[object], bool]) -> list[tuple[str, object]]:
    """As inspect.getmembers, without asking for every attribute: that was a third of each container's start."""
    attributes: dict[str, object] = {}
    for each in reversed(type(owner).__mro__):
        attributes |= vars(each)
    attributes |= vars(owner)
    return sorted((name, value) for name, value in attributes.items() if is_wanted(value))


nameko.extensions.inspect = SimpleNamespace(**{**vars(inspect), "getmembers": _members})
TENTH_OF_MARCH = "2020-03-10T09:00:00+09:00"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database_kind(request) -> str:
    return request.param


@pytest.fixture
def bench_of(tmp_path, database_kind) -> Iterator[Callable[..., Bench]]:
    """bench_of("booking", "notify"): those services at work, at 09:00 on 10 March 2020 unless `now` says otherwise.

    `settings` as for Bench.
    """
    with ExitStack() as stack:

        def start(*services: str, now: str = TENTH_OF_MARCH, **settings: Any) -> Bench:
            clock.freeze(datetime.fromisoformat(now))
            databases = {each: stack.enter_context(migrated.lend(database_kind, each)) for each in services}
            bench = Bench(tmp_path, [named(each) for each in services], databases=databases, **settings)
            bench.start()
            stack.callback(bench.stop)
            return bench

        yield start
