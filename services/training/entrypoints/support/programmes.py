"""The grant programme: communities, activists and visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.training.models.support.programmes import Community, Programme, Visit
from services.training.queries.support import programmes
from services.training.schemas.support import bases
from services.training.schemas.support import programmes as schemas
from services.training.usecases.support import access
from services.training.usecases.support.add_community import NO_PROGRAMME, add_community
from services.training.usecases.support.open_programme import open_programme
from services.training.usecases.support.plan_visit import cancel_visit, plan_visit
from services.training.usecases.support.put_activist import put_activist
from services.training.usecases.support.report_visit import report_visit
from services.training.usecases.support.spread_communities import preview_spread, spread_communities
from services.training.views import support as views


class ProgrammeEntrypoints:
    @command(schemas.OpenProgrammeSchema, schemas.ProgrammeView)
    def open_programme(self, call: Call, wanted: schemas.OpenProgramme) -> Any:
        made = open_programme(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.programme(made, {}, call.profile)

    @query(bases.FindPageSchema, schemas.ProgrammePage)
    def list_programmes(self, call: Call, wanted: bases.FindPage) -> Any:
        roles.require_person(call.actor)
        found = programmes.find_programmes(call.session, wanted)
        sums = programmes.sums_of(call.session, found.items)
        items = [views.programme(each, sums, call.profile) for each in found.items]
        return {"items": items, "next_cursor": found.next_cursor}

    @command(schemas.AddCommunitySchema, schemas.SupportView)
    def add_community(self, call: Call, wanted: schemas.AddCommunity) -> Any:
        made = add_community(call.session, wanted, actor=call.actor, now=call.now)
        return views.support(made, _communities(call, [made.community_id]), call.profile)

    @query(schemas.FindSupportsSchema, schemas.SupportPage)
    def list_supported_communities(self, call: Call, wanted: schemas.FindSupports) -> Any:
        """An activist sees their own."""
        roles.require_person(call.actor)
        if call.session.get(Programme, wanted.programme_id) is None:
            raise NotFound(NO_PROGRAMME)
        everything = roles.reads_all(call.actor)
        found = programmes.find_supports(call.session, wanted, actor=call.actor, all_of_them=everything)
        communities = _communities(call, [each.community_id for each in found.items])
        items = [views.support(each, communities, call.profile) for each in found.items]
        return {"items": items, "next_cursor": found.next_cursor}

    @query(bases.FindPageSchema, schemas.CommunityPage)
    def list_communities(self, call: Call, wanted: bases.FindPage) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = programmes.find_communities(call.session, wanted, actor=call.actor, all_of_them=everything)
        return views.page(found, call.profile)

    @command(schemas.SpreadCommunitiesSchema, schemas.SpreadView)
    def spread_communities(self, call: Call, wanted: schemas.SpreadCommunities) -> Any:
        return views.spread(spread_communities(call.session, wanted, actor=call.actor, now=call.now))

    @query(schemas.SpreadCommunitiesSchema, schemas.SpreadView)
    def preview_spread(self, call: Call, wanted: schemas.SpreadCommunities) -> Any:
        return views.spread(preview_spread(call.session, wanted, actor=call.actor))

    # --- activists

    @command(schemas.PutActivistSchema, schemas.ActivistView)
    def put_activist(self, call: Call, wanted: schemas.PutActivist) -> Any:
        activist = put_activist(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        call.session.flush()
        return views.activist(activist, _loads(call), call.profile)

    @query(bases.FindPageSchema, schemas.ActivistPage)
    def list_activists(self, call: Call, wanted: bases.FindPage) -> Any:
        """An activist sees themselves."""
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = programmes.find_activists(call.session, wanted, actor=call.actor, all_of_them=everything)
        loads = _loads(call)
        items = [views.activist(each, loads, call.profile) for each in found.items]
        return {"items": items, "next_cursor": found.next_cursor}

    # --- visits

    @command(schemas.PlanVisitSchema, schemas.VisitView)
    def plan_visit(self, call: Call, wanted: schemas.PlanVisit) -> Any:
        return _visit(call, plan_visit(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now))

    @command(schemas.ReportVisitSchema, schemas.VisitView)
    def report_visit(self, call: Call, wanted: schemas.ReportVisit) -> Any:
        return _visit(call, report_visit(call.session, wanted, actor=call.actor, now=call.now))

    @command(schemas.VisitIdSchema, schemas.VisitView)
    def cancel_visit(self, call: Call, wanted: schemas.VisitId) -> Any:
        return _visit(call, cancel_visit(call.session, wanted, actor=call.actor))

    @query(schemas.VisitIdSchema, schemas.VisitView)
    def get_visit(self, call: Call, wanted: schemas.VisitId) -> Any:
        return _visit(call, access.require_visit(call.actor, call.session.get(Visit, wanted.visit_id)))

    @query(schemas.FindVisitsSchema, schemas.VisitPage)
    def list_visits(self, call: Call, wanted: schemas.FindVisits) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = programmes.find_visits(call.session, wanted, actor=call.actor, all_of_them=everything)
        communities = _communities(call, [each.community_id for each in found.items])
        items = [views.visit(each, communities, call.profile) for each in found.items]
        return {"items": items, "next_cursor": found.next_cursor}


def _loads(call: Call) -> Mapping[str, int]:
    return programmes.loads_of_activists(call.session, call.now.astimezone(call.profile.centre.zone).year)


def _communities(call: Call, wanted: list[str]) -> dict[str, Community]:
    return dict(programmes.communities_by_id(call.session, wanted))


def _visit(call: Call, visit: Visit) -> Any:
    return views.visit(visit, _communities(call, [visit.community_id]), call.profile)
