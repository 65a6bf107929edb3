"""Workers of notify's delivery that go on until they are killed: `python -m tests.faults.delivery_worker`.

For each line that it reads it forks a worker, and prints its process id: so a worker is there at once. A line is JSON
{database, smtp, sms, now, blind}. blind: the protection is taken away: what a dead worker had begun is taken for never
begun, and no provider is asked.
"""

from services.chassis import green

green.patch()

import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from datetime import datetime  # noqa: E402
from typing import Any  # noqa: E402

import eventlet  # noqa: E402
from eventlet import hubs  # noqa: E402
from sqlalchemy import update  # noqa: E402

from services.chassis import clock, logs  # noqa: E402
from services.chassis.db import Database  # noqa: E402
from services.notify.channels import web  # noqa: E402
from services.notify.channels.smtp import Smtp  # noqa: E402
from services.notify.channels.solapi import Solapi, SolapiLine  # noqa: E402
from services.notify.delivery import Delivery  # noqa: E402
from services.notify.domain.message import Channel, Status  # noqa: E402
from services.notify.models import Message  # noqa: E402
from services.notify.usecases import claim_messages  # noqa: E402
from tests.service.notify.deliver_once import MAIL_FROM, letterhead  # noqa: E402


def take_the_protection_away() -> None:
    module = sys.modules[claim_messages.__module__]

    def requeue(session: Any, _carriers: Any, now: datetime, wall: datetime) -> int:
        dead = (Message.status == Status.SENDING) & (Message.lease_until <= wall)
        again = update(Message).where(dead).values(status=Status.QUEUED, next_attempt_at=now)
        return int(session.execute(again.execution_options(synchronize_session=False)).rowcount)

    module._settle_abandoned = requeue  # type: ignore[attr-defined]
    SolapiLine.ask = lambda _line, _letter: None  # type: ignore[method-assign]


def main(plan: dict[str, Any]) -> None:
    logs.configure("ERROR")
    clock.start_at(datetime.fromisoformat(plan["now"]))
    web.TIMEOUT = 2
    if plan["blind"]:
        take_the_protection_away()
    texts = Solapi(plan["sms"], "sms")
    carriers = {Channel.EMAIL: [Smtp(plan["smtp"], MAIL_FROM)], Channel.SMS: [texts], Channel.LMS: [texts]}
    worker = Delivery(Database(plan["database"]), carriers)
    paper = letterhead()
    while True:
        if not worker.deliver(paper):
            eventlet.sleep(0.05)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            hubs.use_hub()  # eventlet's own is one with that of the other workers
            main(json.loads(line))
        print(worker, flush=True)
