"""Documents of applications: the use case of each operation, and timers. The files are in the store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog

from services.chassis import clock
from services.chassis.documents import Documents as Store
from services.chassis.timers import every, when_due
from services.recruitment.contract import documents as contract
from services.recruitment.queries import due
from services.recruitment.queries.accesses import list_accesses
from services.recruitment.usecases import keeping_files
from services.recruitment.usecases.attach_document import admit_document, record_document
from services.recruitment.usecases.open_document import open_document

SWEEP_EVERY = 1800.0
LEFT_BEHIND_AFTER = timedelta(hours=1)
"""Of real time. No upload takes so long (gateway, body.py)."""
BATCH = 500

log = structlog.get_logger(__name__)


DOCUMENTS = (
    contract.AdmitDocument.by(admit_document),
    contract.RecordDocument.by(record_document),
    contract.OpenDocument.by(open_document),
    contract.ListAccesses.by(list_accesses),
)


class Documents:
    documents = Store()
    store: Any

    @when_due(due.DISCARDED, leased=True)
    def remove_discarded_files(self) -> bool:
        keys = self.store.transaction(keeping_files.discarded_files)
        for key in keys:
            self.documents.remove(key)
        self.store.transaction(lambda session: keeping_files.forget_files(session, keys))
        return bool(keys)

    @every(SWEEP_EVERY, leased=True)
    def sweep_files(self) -> bool:
        """Removes what an upload left behind that nobody finished."""
        self.remove_left_behind(LEFT_BEHIND_AFTER)
        return False

    def remove_left_behind(self, age: timedelta) -> None:
        old = list(self.documents.left_behind(clock.wall() - age))
        for start in range(0, len(old), BATCH):
            some = old[start : start + BATCH]
            for key in self.store.transaction(lambda session, some=some: keeping_files.unknown_files(session, some)):
                log.info("file_left_behind", key=key)
                self.documents.remove(key)
