"""Pages that look after themselves: what 500 of them, left open, cost those who do something at the same time.

`python -m tests.bench.live [PAGES]`: one gateway and one booking service on RabbitMQ and PostgreSQL. Each page asks for
its live part every INTERVAL seconds, as today's page does, on a connection of its own, and names the ETag that it has.
Beside them others look for rooms and book, RATE times a second, whether or not the last answers are there. The same is
measured without pages before; every answer must be the one that is expected.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles

from tests.bench import processor
from tests.bench.bookings import deployed, known_pids
from tests.bench.table import show

PAGES, INTERVAL = 500, 30.0
RATE, SECONDS = 10, 20.0
ROOMS = 12
LOOKS = 200
LIVE = "GET /now HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n{tag}\r\n"
LOOKING = (
    "GET /api/v1/availability?start=2020-03-20T10:00:00Z&end=2020-03-20T12:00:00Z HTTP/1.1\r\n"
    "Host: localhost\r\nConnection: close\r\n\r\n"
)
ETAG = re.compile(rb"\r\netag: *(\S+)\r\n", re.IGNORECASE)


@dataclass
class Answers:
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def add(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.seconds.append(seconds)

    @property
    def figures(self) -> str:
        cuts = quantiles(self.seconds, n=20)
        counted = ", ".join(f"{count} x {status}" for status, count in sorted(self.statuses.items()))
        return f"p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms ({counted})"


async def ask(port: int, text: str) -> tuple[int, str]:
    """Status and ETag, once everything has arrived."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text.encode())
    answer = await reader.read()
    writer.close()
    tag = ETAG.search(answer)
    return int(answer[9:12]), tag[1].decode() if tag else ""


async def timed(port: int, text: str, into: Answers) -> str:
    began = time.perf_counter()
    status, tag = await ask(port, text)
    into.add(status, time.perf_counter() - began)
    return tag


async def page(port: int, first: float, until: float, polls: Answers) -> None:
    """Asks from `first` on until `until`, both on the loop's clock."""
    tag = ""
    for at in itertools.takewhile(lambda each: each < until, itertools.count(first, INTERVAL)):
        await asyncio.sleep(max(0.0, at - asyncio.get_running_loop().time()))
        tag = await timed(port, LIVE.format(tag=f"If-None-Match: {tag}\r\n" if tag else ""), polls)


async def others(port: int, bookings: Iterator[str], until: float, done: Answers) -> None:
    """Every second of them books, the others look."""
    loop = asyncio.get_running_loop()
    waiting = []
    for number in itertools.count():
        if loop.time() >= until:
            break
        text = next(bookings).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1) if number % 2 else LOOKING
        waiting.append(asyncio.create_task(timed(port, text, done)))
        await asyncio.sleep(1 / RATE)
    await asyncio.gather(*waiting)


async def measured(port: int, bookings: Iterator[str], pages: int, seconds: float) -> tuple[Answers, Answers]:
    """What came of the others' requests, and of the pages'."""
    now = asyncio.get_running_loop().time()
    done, polls = Answers(), Answers()
    first = [now + INTERVAL * number / max(pages, 1) for number in range(pages)]
    tasks: list[Awaitable[None]] = [page(port, each, now + seconds, polls) for each in first]
    await asyncio.gather(others(port, bookings, now + seconds, done), *tasks)
    return done, polls


async def cost(port: int, pids: dict[str, list[int]]) -> dict[str, float]:
    """Milliseconds of a processor that one unchanged look of a page takes, by process. Hardly depends on the load."""
    status, tag = await ask(port, LIVE.format(tag=""))
    assert status == 200
    before = processor.seconds_by_name(pids)
    for _ in range(LOOKS):
        status, tag = await ask(port, LIVE.format(tag=f"If-None-Match: {tag}\r\n"))
        assert status in {200, 304}, status
    after = processor.seconds_by_name(pids)
    return {name: (after[name] - before[name]) / LOOKS * 1000 for name in pids}


def live(pages: int = PAGES) -> Iterator[tuple[str, str]]:
    with deployed(("gateway", "booking"), ROOMS) as (deployment, bookings):
        pids = known_pids(deployment)
        each = asyncio.run(cost(deployment.port, pids))
        share = sum(each.values()) * pages / INTERVAL / 1000
        told = ", ".join(f"{name} {spent:.1f}" for name, spent in each.items())
        yield "ms of processor for one look of one page", f"{told}: {share:.0%} of one for {pages} pages"
        alone, _ = asyncio.run(measured(deployment.port, bookings, 0, SECONDS))
        yield f"{RATE} requests/s beside no open page", alone.figures
        before = processor.seconds_by_name(pids)
        beside, polls = asyncio.run(measured(deployment.port, bookings, pages, INTERVAL + SECONDS))
        after = processor.seconds_by_name(pids)
        yield f"{RATE} requests/s beside {pages} open pages", beside.figures
        yield f"the {pages} pages' own requests, every {INTERVAL:.0f} s", polls.figures
        spent = ", ".join(f"{name} {(after[name] - before[name]) / (INTERVAL + SECONDS):.0%}" for name in pids)
        yield "of a processor meanwhile", spent
        for answers in (alone, beside):
            assert answers.statuses.keys() == {200, 201}, answers.statuses
        assert polls.statuses.keys() <= {200, 304}, polls.statuses


if __name__ == "__main__":
    show(live(*(int(each) for each in sys.argv[1:2])))
