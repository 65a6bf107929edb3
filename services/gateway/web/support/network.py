"""The public-private network: members of both sides, meetings, and what was agreed to be done."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue

from services.centre.vocabulary import Field
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.listing import shown, whole, with_id
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only
from services.gateway.web.support.shell import page
from services.gateway.web.words import choices
from services.training.contract.network import (
    ActionItem,
    EnterAction,
    EnterMeeting,
    EnterMember,
    FinishAction,
    ListActions,
    ListMeetings,
    ListMembers,
)
from services.training.contract.vocabulary import ActionStatus, Side

TAB = "/support/network"
LISTED = ("/desk", TAB)
"""Other pages on which an action can be finished."""


@pages.get(TAB)
@roles_only(*READERS)
def show_network() -> ResponseReturnValue:
    members = whole(ListMembers())
    meetings, older = shown(ListMeetings())
    return page(
        "network.html",
        actions=_open_actions(),
        meetings=meetings,
        older=older,
        members={side: [each for each in members if each.side is side] for side in Side} if members else {},
        today=Plan.of().today,
        tab=TAB,
    )


@pages.get(f"{TAB}/members/new")
@roles_only(*STAFF)
def write_member() -> ResponseReturnValue:
    return _member({}, None)


@pages.post(f"{TAB}/members/new")
@roles_only(*STAFF)
def enter_member() -> ResponseReturnValue:
    return forms.done(
        lambda: ask(forms.filled(EnterMember)),
        lambda complaints: _member(forms.entered(EnterMember), complaints),
        TAB,
        "member",
        {"duplicate": "name"},
    )


@pages.get(f"{TAB}/meetings/new")
@roles_only(*STAFF)
def write_meeting() -> ResponseReturnValue:
    return _meeting_form({}, None)


@pages.post(f"{TAB}/meetings/new")
@roles_only(*STAFF)
def enter_meeting() -> ResponseReturnValue:
    times = forms.written("day", "at")
    return forms.done(
        lambda: ask(forms.filled(EnterMeeting, held_at=forms.moment(times, Plan.of().zone))),
        lambda complaints: _meeting_form(forms.entered(EnterMeeting) | times, complaints),
        lambda meeting: f"{TAB}/meetings/{meeting.id}",
        "meeting",
    )


@pages.get(f"{TAB}/meetings/<meeting_id>")
@roles_only(*READERS)
def show_meeting(meeting_id: str) -> ResponseReturnValue:
    return _meeting(meeting_id)


@pages.post(f"{TAB}/meetings/<meeting_id>/actions")
@roles_only(*STAFF)
def enter_action(meeting_id: str) -> ResponseReturnValue:
    return forms.done(
        lambda: ask(forms.filled(EnterAction, meeting_id=meeting_id)),
        lambda complaints: _meeting(meeting_id, complaints, forms.entered(EnterAction)),
        f"{TAB}/meetings/{meeting_id}",
        "action",
    )


@pages.get("/actions")
@person_only
def show_actions() -> ResponseReturnValue:
    """Show the agreed actions of the reader."""
    return _actions()


@pages.post("/actions/<action_id>/done")
@person_only
def finish_action(action_id: str) -> ResponseReturnValue:
    back = request.form.get("back", "")
    where = back if back in LISTED else "/actions"
    return forms.done(lambda: ask(FinishAction(action_id=action_id)), _actions, where, "done")


def _actions(complaints: forms.Complaints | None = None) -> ResponseReturnValue:
    finished, older = shown(ListActions(status=ActionStatus.DONE))
    return page(
        "actions.html",
        complaints,
        actions=_open_actions(),
        finished=finished,
        older=older,
        today=Plan.of().today,
        tab=TAB,
    )


def _open_actions() -> list[ActionItem]:
    """Return the open actions, the first due first."""
    return sorted(whole(ListActions(status=ActionStatus.OPEN)), key=lambda each: each.due_on)


def _member(values: Mapping[str, object], complaints: forms.Complaints | None) -> ResponseReturnValue:
    return page("member_form.html", complaints, values=values, sides=choices(Side), fields=choices(Field), tab=TAB)


def _meeting_form(values: Mapping[str, object], complaints: forms.Complaints | None) -> ResponseReturnValue:
    return page(
        "meeting_form.html",
        complaints,
        values=values,
        members=[(each.id, each.name) for each in whole(ListMembers())],
        fields=choices(Field),
        tab=TAB,
    )


def _meeting(
    meeting_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, object] | None = None
) -> ResponseReturnValue:
    meeting = with_id(whole(ListMeetings()), meeting_id)
    names = {each.id: each.name for each in whole(ListMembers())}
    return page(
        "meeting.html",
        complaints,
        meeting=meeting,
        there=[names.get(each, each) for each in meeting.member_ids],
        actions=whole(ListActions(meeting_id=meeting_id)),
        today=Plan.of().today,
        values=values or {},
        tab=TAB,
    )
