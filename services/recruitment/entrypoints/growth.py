"""Growth of organisations: the use case of each operation, and the timer of designations."""

from __future__ import annotations

from typing import Any

from services.chassis.timers import when_due
from services.recruitment.contract import growth as contract
from services.recruitment.entrypoints.offers import in_batches
from services.recruitment.queries import due
from services.recruitment.usecases.read_growth import get_growth, get_readiness
from services.recruitment.usecases.record_growth import (
    record_designation,
    record_facts,
    record_milestone,
    warn_of_designations,
)

GROWTH = (
    contract.RecordDesignation.by(record_designation),
    contract.RecordMilestone.by(record_milestone),
    contract.GetGrowth.by(get_growth),
    contract.RecordFacts.by(record_facts),
    contract.GetReadiness.by(get_readiness),
)


class Growth:
    store: Any

    @when_due(due.DESIGNATION, leased=True)
    def warn_of_designations(self) -> bool:
        return in_batches(self.store, warn_of_designations)
