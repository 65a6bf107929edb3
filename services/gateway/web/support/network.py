"""The public-private network: members of both sides, meetings, and what was agreed to be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web import words as plain
from services.gateway.web.listing import everything, one_of, paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, pages, person_only, roles_only
from services.gateway.web.support import words
from services.gateway.web.support.shell import page

TAB = "/support/network"
LISTED = ("/desk", TAB)
"""Other pages on which actions can be said to be done."""


@pages.get(TAB)
@roles_only(*READERS)
def show_network() -> Any:
    members = everything("training", "list_members")
    meetings, older = paged("training", "list_meetings")
    return page(
        "network.html",
        actions=_open_actions(),
        meetings=meetings,
        older=older,
        sides={side: [each for each in members if each["side"] == side] for side in words.SIDES},
        today=Plan.of().today.isoformat(),
        tab=TAB,
    )


@pages.get(f"{TAB}/members/new")
@roles_only(*STAFF)
def write_member() -> Any:
    return _member({}, None)


@pages.post(f"{TAB}/members/new")
@roles_only(*STAFF)
def enter_member() -> Any:
    values = forms.written("name", "side", "field", "area", "person_id", "joined_on")
    return forms.done(
        lambda: ask("training", "enter_member", values),
        lambda complaints: _member(values, complaints),
        TAB,
        "member",
        {"duplicate": "name"},
    )


@pages.get(f"{TAB}/meetings/new")
@roles_only(*STAFF)
def write_meeting() -> Any:
    return _meeting_form({}, None)


@pages.post(f"{TAB}/meetings/new")
@roles_only(*STAFF)
def enter_meeting() -> Any:
    values: dict[str, Any] = forms.written("title", "field", "day", "at", "place", "minutes")
    values["member_ids"] = request.form.getlist("member_ids")
    wanted = {name: each for name, each in values.items() if name not in {"day", "at"}}
    return forms.done(
        lambda: ask("training", "enter_meeting", {**wanted, "held_at": forms.moment(values, Plan.of().zone)}),
        lambda complaints: _meeting_form(values, complaints),
        lambda made: f"{TAB}/meetings/{made['id']}",
        "meeting",
    )


@pages.get(f"{TAB}/meetings/<meeting_id>")
@roles_only(*READERS)
def show_meeting(meeting_id: str) -> Any:
    return _meeting(meeting_id)


@pages.post(f"{TAB}/meetings/<meeting_id>/actions")
@roles_only(*STAFF)
def enter_action(meeting_id: str) -> Any:
    values = forms.written("title", "owner_id", "owner_name", "due_on")
    return forms.done(
        lambda: ask("training", "enter_action", {"meeting_id": meeting_id, **values}),
        lambda complaints: _meeting(meeting_id, complaints, values),
        f"{TAB}/meetings/{meeting_id}",
        "action",
    )


@pages.get("/actions")
@person_only
def show_actions() -> Any:
    """What I have agreed to do."""
    return _actions()


@pages.post("/actions/<action_id>/done")
@person_only
def finish_action(action_id: str) -> Any:
    back = request.form.get("back", "")
    where = back if back in LISTED else "/actions"
    return forms.done(lambda: ask("training", "finish_action", {"action_id": action_id}), _actions, where, "done")


def _actions(complaints: forms.Complaints | None = None) -> Any:
    found, older = paged("training", "list_actions", status="done")
    today = Plan.of().today.isoformat()
    return page("actions.html", complaints, actions=_open_actions(), finished=found, older=older, today=today, tab=TAB)


def _open_actions() -> list[Mapping[str, Any]]:
    """What is due first comes first."""
    return sorted(everything("training", "list_actions", status="open"), key=lambda each: str(each["due_on"]))


def _member(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    return page(
        "member_form.html",
        complaints,
        values=values,
        sides=words.options(words.SIDES),
        fields=words.options(plain.FIELDS),
        tab=TAB,
    )


def _meeting_form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    return page(
        "meeting_form.html",
        complaints,
        values=values,
        members=[(each["id"], each["name"]) for each in everything("training", "list_members")],
        fields=words.options(plain.FIELDS),
        tab=TAB,
    )


def _meeting(
    meeting_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None
) -> Any:
    meeting = one_of(everything("training", "list_meetings"), meeting_id)
    names = {each["id"]: each["name"] for each in everything("training", "list_members")}
    return page(
        "meeting.html",
        complaints,
        meeting=meeting,
        there=[names.get(each, each) for each in meeting["member_ids"]],
        actions=everything("training", "list_actions", meeting_id=meeting_id),
        today=Plan.of().today.isoformat(),
        values=values or {},
        tab=TAB,
    )
