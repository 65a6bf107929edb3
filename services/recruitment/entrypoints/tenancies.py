"""Tenancies. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

import base64
from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.timers import when_due
from services.recruitment.entrypoints.offers import in_batches
from services.recruitment.models import Tenancy
from services.recruitment.queries import due, tenancies
from services.recruitment.schemas import tenancies as schemas
from services.recruitment.usecases import run_tenancies
from services.recruitment.usecases.give_notice import give_notice
from services.recruitment.usecases.keeping_tenancies import NO_TENANCY, is_tenant
from services.recruitment.usecases.move_out import move_out
from services.recruitment.usecases.review_tenancy import review_tenancy
from services.recruitment.usecases.sign_tenancy import sign_tenancy
from services.recruitment.views import tenancies as shown


class Tenancies:
    store: Any

    @command(schemas.TenancyIdSchema, schemas.TenancyView)
    def sign_tenancy(self, call: Call, wanted: schemas.TenancyId) -> Any:
        return _tenancy(call, sign_tenancy(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @command(schemas.ReviewTenancySchema, schemas.TenancyView)
    def review_tenancy(self, call: Call, wanted: schemas.ReviewTenancy) -> Any:
        return _tenancy(call, review_tenancy(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @command(schemas.GiveNoticeSchema, schemas.TenancyView)
    def give_notice(self, call: Call, wanted: schemas.GiveNotice) -> Any:
        return _tenancy(call, give_notice(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @command(schemas.MoveOutSchema, schemas.TenancyView)
    def move_out(self, call: Call, wanted: schemas.MoveOut) -> Any:
        return _tenancy(call, move_out(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @query(schemas.TenancyIdSchema, schemas.TenancyView)
    def get_tenancy(self, call: Call, wanted: schemas.TenancyId) -> Any:
        return _tenancy(call, _known(call, wanted))

    @query(schemas.FindTenanciesSchema, schemas.TenancyPage)
    def list_tenancies(self, call: Call, wanted: schemas.FindTenancies) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = tenancies.find_tenancies(call.session, wanted, actor=call.actor, all_of_them=everything)
        kept = tenancies.kept(call.session, found[: wanted.limit])
        return shown.page(found, wanted.limit, kept, call.profile, call.context.locale)

    @query(schemas.TenancyIdSchema, schemas.ContractView)
    def get_contract(self, call: Call, wanted: schemas.TenancyId) -> Any:
        found = _known(call, wanted)
        from services.recruitment.views import contract  # PDF takes 30 MB of memory

        content = base64.b64encode(contract.contract(found, call.profile)).decode()
        return {"name": f"contract-{found.contract_number}.pdf", "content": content}

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


def _known(call: Call, wanted: schemas.TenancyId) -> Tenancy:
    found = tenancies.tenancy(call.session, wanted.tenancy_id)
    if found is None or not (is_tenant(call.actor, found) or roles.reads_all(call.actor)):
        raise NotFound(NO_TENANCY)
    return found


def _tenancy(call: Call, of: Tenancy) -> Any:
    return shown.tenancy(of, tenancies.kept(call.session, [of]), call.profile, call.context.locale)
