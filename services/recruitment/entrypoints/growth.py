"""Designations, milestones and readiness. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Call, command, query
from services.chassis.timers import when_due
from services.recruitment.entrypoints.offers import in_batches
from services.recruitment.queries import due, growth
from services.recruitment.schemas import growth as schemas
from services.recruitment.usecases import record_growth as usecases
from services.recruitment.usecases.keeping_tenancies import today
from services.recruitment.views import growth as shown


class Growth:
    store: Any

    @command(schemas.RecordDesignationSchema, schemas.DesignationView)
    def record_designation(self, call: Call, wanted: schemas.RecordDesignation) -> Any:
        made = usecases.record_designation(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return shown.designation(made, today(call.profile, call.now), call.profile)

    @command(schemas.RecordMilestoneSchema, schemas.MilestoneView)
    def record_milestone(self, call: Call, wanted: schemas.RecordMilestone) -> Any:
        return shown.milestone(usecases.record_milestone(call.session, wanted, actor=call.actor, now=call.now))

    @command(schemas.RecordFactsSchema, schemas.ReadinessView)
    def record_facts(self, call: Call, wanted: schemas.RecordFacts) -> Any:
        known = usecases.record_facts(call.session, wanted, actor=call.actor, now=call.now)
        return shown.readiness(wanted.organisation_id, known, call.profile, call.context.locale)

    @query(schemas.OrganisationIdSchema, schemas.ReadinessView)
    def get_readiness(self, call: Call, wanted: schemas.OrganisationId) -> Any:
        usecases.require_organisation(call.actor, wanted.organisation_id, reading=True)
        known = growth.known_facts(call.session, wanted.organisation_id)
        return shown.readiness(wanted.organisation_id, known, call.profile, call.context.locale)

    @query(schemas.OrganisationIdSchema, schemas.GrowthView)
    def get_growth(self, call: Call, wanted: schemas.OrganisationId) -> Any:
        usecases.require_organisation(call.actor, wanted.organisation_id, reading=True)
        return shown.growth(
            wanted.organisation_id,
            growth.designations(call.session, wanted.organisation_id),
            growth.milestones(call.session, wanted.organisation_id),
            today(call.profile, call.now),
            call.profile,
        )

    @when_due(due.DESIGNATION, leased=True)
    def warn_of_designations(self) -> bool:
        return in_batches(self.store, usecases.warn_of_designations)
