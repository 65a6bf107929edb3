"""A worker process that sends what is due once: `python -m tests.service.notify.deliver_once <database> <smtp url>`."""

from services.chassis import green

green.patch()

import sys  # noqa: E402

from services.chassis import profile  # noqa: E402
from services.chassis.db import Database  # noqa: E402
from services.notify.channels.smtp import Smtp  # noqa: E402
from services.notify.delivery import Delivery  # noqa: E402
from services.notify.domain.letterhead import Letterhead  # noqa: E402
from services.notify.domain.message import Channel  # noqa: E402
from services.notify.manifest import MANIFEST  # noqa: E402
from tests import centre  # noqa: E402

MAIL_FROM = "madang@centre.example"


def letterhead() -> Letterhead:
    content = centre.content()
    content["notify"]["channels"] = ["email"]
    made = profile.typed(MANIFEST, {name: content[name] for name in MANIFEST.sections})
    assert isinstance(made, Letterhead)
    return made


def worker(database: Database, smtp_url: str) -> Delivery:
    return Delivery(database, {Channel.EMAIL: [Smtp(smtp_url, MAIL_FROM)]})


if __name__ == "__main__":
    worker(Database(sys.argv[1]), sys.argv[2]).deliver(letterhead())
