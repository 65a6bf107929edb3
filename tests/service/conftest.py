"""One or more services in this process, on the embedded broker; each test on SQLite and on PostgreSQL.

The process is monkey-patched here, before anything else of the tests is imported.
"""

from services.chassis import green

green.patch()

from collections.abc import Callable, Iterator  # noqa: E402
from datetime import datetime  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402

from services.chassis import clock  # noqa: E402
from services.chassis.manifest import named  # noqa: E402
from services.chassis.testing import Bench  # noqa: E402
from tests import servers  # noqa: E402
from tests.service import migrated  # noqa: E402

TENTH_OF_MARCH = "2020-03-10T09:00:00+09:00"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database_kind(request) -> str:
    return request.param


@pytest.fixture
def bench_of(tmp_path, database_kind) -> Iterator[Callable[..., Bench]]:
    """bench_of("booking", "notify"): those services at work, at 09:00 on 10 March 2020 unless `now` says otherwise.

    `settings` as for Bench.
    """
    running: list[Bench] = []
    urls: list[str] = []

    def start(*services: str, now: str = TENTH_OF_MARCH, **settings: Any) -> Bench:
        clock.freeze(datetime.fromisoformat(now))
        given = {}
        for manifest in map(named, services):
            if database_kind == "postgresql":
                given[manifest.name] = migrated.on_postgresql(manifest)
            else:
                migrated.on_sqlite(manifest, tmp_path / f"{manifest.name}.db")
        urls.extend(given.values())
        bench = Bench(tmp_path, [named(service) for service in services], urls=given, **settings)
        bench.start()
        running.append(bench)
        return bench

    yield start
    for bench in running:
        bench.stop()
    for url in urls:
        servers.postgres().drop_database(url)
