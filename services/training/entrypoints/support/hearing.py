"""What others tell the support work, and what the clock brings."""

from __future__ import annotations

from services.chassis import clock
from services.chassis.call import Call
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.store import Store
from services.chassis.timers import when_due
from services.training.queries import due
from services.training.schemas.support import heard
from services.training.usecases.support.add_community import take_awarded_grant
from services.training.usecases.support.count_milestones import (
    count_designation,
    count_ended_tenancy,
    count_started_tenancy,
)
from services.training.usecases.support.erase_person import erase_person
from services.training.usecases.support.keep_network import remind_of_actions
from services.training.usecases.support.put_activist import register_certified_activist, retire_revoked_activist
from services.training.usecases.support.report_visit import remind_of_reports


class HearingEntrypoints:
    store: Store

    @handles(OUTSIDE, "grant_awarded", heard.AwardedGrantSchema)
    def take_awarded_grant(self, call: Call, event: Received) -> None:
        take_awarded_grant(call.session, event, rules=call.profile, now=call.now)

    @handles("training", "certificate_issued", heard.ToldCertificateSchema)
    def register_activist(self, call: Call, event: Received) -> None:
        register_certified_activist(call.session, event.data, now=call.now)

    @handles("training", "certificate_revoked", heard.ToldCertificateSchema)
    def retire_activist(self, call: Call, event: Received) -> None:
        retire_revoked_activist(call.session, event.data, rules=call.profile, now=call.now)

    @handles("recruitment", "tenancy_started", heard.StartedTenancySchema)
    def count_started_tenancy(self, call: Call, event: Received) -> None:
        count_started_tenancy(call.session, event.data)

    @handles("recruitment", "tenancy_ended", heard.EndedTenancySchema)
    def count_ended_tenancy(self, call: Call, event: Received) -> None:
        count_ended_tenancy(call.session, event.data)

    @handles("recruitment", "designation_recorded", heard.RecordedDesignationSchema)
    def count_designation(self, call: Call, event: Received) -> None:
        count_designation(call.session, event.data)

    @handles("notify", "person_erased", heard.ErasedPersonSchema)
    @handles(OUTSIDE, "person_erased", heard.ErasedPersonSchema)
    def erase_supported_person(self, call: Call, event: Received) -> None:
        erase_person(call.session, event.data.person_id)

    @when_due(due.REPORT, leased=True)
    def remind_of_reports(self) -> bool:
        rules = self.store.profile
        return self.store.transaction(lambda session: remind_of_reports(session, rules=rules, now=clock.now()))

    @when_due(due.ACTION, leased=True)
    def remind_of_actions(self) -> bool:
        return self.store.transaction(lambda session: remind_of_actions(session, now=clock.now()))
