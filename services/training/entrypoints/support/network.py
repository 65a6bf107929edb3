"""The public-private network."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.training.queries.support import network
from services.training.schemas.support import bases
from services.training.schemas.support import network as schemas
from services.training.usecases.support.keep_network import enter_action, enter_meeting, enter_member, finish_action
from services.training.views import support as views


class NetworkEntrypoints:
    @command(schemas.EnterMemberSchema, schemas.MemberView)
    def enter_member(self, call: Call, wanted: schemas.EnterMember) -> Any:
        entered = enter_member(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.row(entered, call.profile)

    @query(schemas.FindMembersSchema, schemas.MemberPage)
    def list_members(self, call: Call, wanted: schemas.FindMembers) -> Any:
        roles.require_reader(call.actor)
        return views.page(network.find_members(call.session, wanted), call.profile)

    @command(schemas.EnterMeetingSchema, schemas.MeetingView)
    def enter_meeting(self, call: Call, wanted: schemas.EnterMeeting) -> Any:
        return views.row(enter_meeting(call.session, wanted, actor=call.actor), call.profile)

    @query(bases.FindPageSchema, schemas.MeetingPage)
    def list_meetings(self, call: Call, wanted: bases.FindPage) -> Any:
        roles.require_reader(call.actor)
        return views.page(network.find_meetings(call.session, wanted), call.profile)

    @command(schemas.EnterActionSchema, schemas.ActionView)
    def enter_action(self, call: Call, wanted: schemas.EnterAction) -> Any:
        return views.row(enter_action(call.session, wanted, actor=call.actor, rules=call.profile), call.profile)

    @command(schemas.ActionIdSchema, schemas.ActionView)
    def finish_action(self, call: Call, wanted: schemas.ActionId) -> Any:
        return views.row(finish_action(call.session, wanted, actor=call.actor, now=call.now), call.profile)

    @query(schemas.FindActionsSchema, schemas.ActionPage)
    def list_actions(self, call: Call, wanted: schemas.FindActions) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = network.find_actions(call.session, wanted, actor=call.actor, all_of_them=everything)
        return views.page(found, call.profile)
