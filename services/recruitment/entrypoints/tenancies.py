"""Units, offers and tenancies: the use case of each operation, and the timers of tenancies."""

from __future__ import annotations

from typing import Any

from services.chassis.timers import when_due
from services.recruitment.contract import tenancies as contract
from services.recruitment.entrypoints.offers import in_batches
from services.recruitment.queries import due, offers, tenancies, units
from services.recruitment.usecases import run_tenancies
from services.recruitment.usecases.accept_offer import accept_offer
from services.recruitment.usecases.decline_offer import decline_offer
from services.recruitment.usecases.give_notice import give_notice
from services.recruitment.usecases.move_out import move_out
from services.recruitment.usecases.read_tenancies import get_contract, get_offer, get_tenancy
from services.recruitment.usecases.review_tenancy import review_tenancy
from services.recruitment.usecases.sign_tenancy import sign_tenancy

TENANCIES = (
    contract.ListUnits.by(units.list_units),
    contract.ListOffers.by(offers.list_offers),
    contract.GetOffer.by(get_offer),
    contract.AcceptOffer.by(accept_offer),
    contract.DeclineOffer.by(decline_offer),
    contract.ListTenancies.by(tenancies.list_tenancies),
    contract.GetTenancy.by(get_tenancy),
    contract.GetContract.by(get_contract),
    contract.SignTenancy.by(sign_tenancy),
    contract.ReviewTenancy.by(review_tenancy),
    contract.GiveNotice.by(give_notice),
    contract.MoveOut.by(move_out),
)


class Tenancies:
    store: Any

    @when_due(due.START, leased=True)
    def start_tenancies(self) -> bool:
        return in_batches(self.store, run_tenancies.start_tenancies)

    @when_due(due.TOLD_END, leased=True)
    def tell_of_ends(self) -> bool:
        return in_batches(self.store, run_tenancies.tell_of_ends)

    @when_due(due.END, leased=True)
    def end_tenancies(self) -> bool:
        return in_batches(self.store, run_tenancies.end_tenancies)

    @when_due(due.INVOICE, leased=True)
    def invoice_maintenance(self) -> bool:
        return in_batches(self.store, run_tenancies.invoice_maintenance)
