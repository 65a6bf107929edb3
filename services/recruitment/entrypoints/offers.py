"""Offers and units. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.chassis import clock, roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.timers import when_due
from services.recruitment.models import Offer
from services.recruitment.queries import due, offers, tenancies
from services.recruitment.schemas import offers as schemas
from services.recruitment.schemas.tenancies import VacatedUnitSchema, WithdrawnApplicationSchema
from services.recruitment.usecases.accept_offer import accept_offer
from services.recruitment.usecases.deciding_offers import NO_OFFER, is_own
from services.recruitment.usecases.decline_offer import decline_offer
from services.recruitment.usecases.expire_offers import expire_offers, offer_vacated_unit, release_withdrawn
from services.recruitment.views import offers as shown


class Offers:
    store: Any

    @command(schemas.OfferIdSchema, schemas.OfferView)
    def accept_offer(self, call: Call, wanted: schemas.OfferId) -> Any:
        return _offer(call, accept_offer(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @command(schemas.OfferIdSchema, schemas.OfferView)
    def decline_offer(self, call: Call, wanted: schemas.OfferId) -> Any:
        return _offer(call, decline_offer(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @query(schemas.OfferIdSchema, schemas.OfferView)
    def get_offer(self, call: Call, wanted: schemas.OfferId) -> Any:
        found = offers.offer(call.session, wanted.offer_id)
        if found is None or not (is_own(call.actor, found) or roles.reads_all(call.actor)):
            raise NotFound(NO_OFFER)
        return _offer(call, found)

    @query(schemas.FindOffersSchema, schemas.OfferPage)
    def list_offers(self, call: Call, wanted: schemas.FindOffers) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = offers.find_offers(call.session, wanted, actor=call.actor, all_of_them=everything)
        led_to = tenancies.tenancies_by_offer(call.session, [each.id for each in found])
        return shown.page(found, wanted.limit, led_to, call.profile, call.context.locale)

    @query(schemas.NothingSchema, schemas.UnitList)
    def list_units(self, call: Call, _: Any) -> Any:
        inside = roles.reads_all(call.actor)
        return shown.units(offers.occupancy(call.session), call.profile, call.context.locale, inside=inside)

    @handles("recruitment", "application_withdrawn", WithdrawnApplicationSchema)
    def release_offer(self, call: Call, event: Received) -> None:
        release_withdrawn(call.session, event.data.application_id, rules=call.profile, now=call.now)

    @handles("recruitment", "unit_vacated", VacatedUnitSchema)
    def offer_vacated_unit(self, call: Call, event: Received) -> None:
        offer_vacated_unit(call.session, event.data.unit_id, rules=call.profile, now=call.now)

    @when_due(due.OFFER, leased=True)
    def expire_offers(self) -> bool:
        return in_batches(self.store, expire_offers)


def in_batches(store: Any, usecase: Callable[..., bool]) -> bool:
    """One batch in one transaction; True: there may be more, so that the timer runs again at once."""
    rules = store.profile
    return bool(store.transaction(lambda session: usecase(session, rules=rules, now=clock.now())))


def _offer(call: Call, of: Offer) -> Any:
    led_to = tenancies.tenancies_by_offer(call.session, [of.id])
    return shown.offer(of, led_to, call.profile, call.context.locale)
