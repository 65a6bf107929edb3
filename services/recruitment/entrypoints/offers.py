"""Events and the timer that free units and offer them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.chassis import clock
from services.chassis.entrypoints import Call
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.timers import when_due
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.queries import due
from services.recruitment.schemas.heard_tenancies import VacatedUnitSchema, WithdrawnApplicationSchema
from services.recruitment.usecases.expire_offers import expire_offers, offer_vacated_unit, release_withdrawn


class Offers:
    store: Any

    @handles("recruitment", "application_withdrawn", WithdrawnApplicationSchema)
    def release_offer(self, call: Call[RecruitmentRules], event: Received) -> None:
        release_withdrawn(call.session, event.data.application_id, rules=call.profile, now=call.now)

    @handles("recruitment", "unit_vacated", VacatedUnitSchema)
    def offer_vacated_unit(self, call: Call[RecruitmentRules], event: Received) -> None:
        offer_vacated_unit(call.session, event.data.unit_id, rules=call.profile, now=call.now)

    @when_due(due.OFFER, leased=True)
    def expire_offers(self) -> bool:
        return in_batches(self.store, expire_offers)


def in_batches(store: Any, usecase: Callable[..., bool]) -> bool:
    """Run one batch in one transaction. Return whether there may be more; then the timer runs again at once."""
    rules = store.profile
    return bool(store.transaction(lambda session: usecase(session, rules=rules, now=clock.now())))
