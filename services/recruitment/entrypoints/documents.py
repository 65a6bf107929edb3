"""Documents of applications. Each entrypoint: load, call one use case, dump. The files are in the store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog

from services.chassis import clock, roles
from services.chassis.documents import Documents as Store
from services.chassis.entrypoints import Call, command, query
from services.chassis.timers import every, when_due
from services.recruitment import usecases
from services.recruitment.queries import accesses, due
from services.recruitment.schemas import documents as schemas
from services.recruitment.schemas.applications import DocumentView
from services.recruitment.usecases import keeping_files
from services.recruitment.views import documents as shown

SWEEP_EVERY = 1800.0
LEFT_BEHIND_AFTER = timedelta(hours=1)
"""Of real time. No upload takes so long (gateway, body.py)."""
BATCH = 500

log = structlog.get_logger(__name__)


class Documents:
    documents = Store()
    store: Any

    @query(schemas.AdmitDocumentSchema)
    def admit_document(self, call: Call, wanted: schemas.AdmitDocument) -> None:
        usecases.admit_document(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)

    @command(schemas.RecordDocumentSchema, DocumentView)
    def record_document(self, call: Call, wanted: schemas.RecordDocument) -> Any:
        made = usecases.record_document(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return shown.document(made, call.profile)

    @command(schemas.OpenDocumentSchema, schemas.OpenedView)
    def open_document(self, call: Call, wanted: schemas.OpenDocument) -> Any:
        return usecases.open_document(call.session, wanted, actor=call.actor, now=call.now)

    @query(schemas.FindAccessesSchema, schemas.AccessPage)
    def list_accesses(self, call: Call, wanted: schemas.FindAccesses) -> Any:
        roles.require_reader(call.actor)
        found = accesses.find_accesses(call.session, wanted)
        return shown.accesses(found, wanted.limit, call.profile)

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
