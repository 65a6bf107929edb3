"""Who did what in a course: to the course, to a session, to somebody's place, to a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.chassis.i18n import msgid as _
from services.gateway.web.listing import everything, paged
from services.gateway.web.plan import Plan
from services.gateway.web.record.shell import Choice, Entry, chosen, page, person
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import say, span

ACTIONS = {
    "create": _("set up"),
    "publish": _("published"),
    "fill": _("enough people"),
    "fall_short": _("too few people"),
    "confirm": _("takes place"),
    "complete": _("completed"),
    "cancel": _("cancelled"),
    "plan": _("session planned"),
    "plan_again": _("session moved"),
    "grant": _("room granted"),
    "refuse": _("room refused"),
    "time_out": _("no answer for a room"),
    "enrol": _("enrolled"),
    "offer": _("place offered"),
    "accept": _("place accepted"),
    "lapse": _("offer lapsed"),
    "revoke": _("certificate revoked"),
}


@pages.get("/record/courses")
@roles_only(*READERS)
def show_record_of_courses() -> Any:
    courses = everything("training", "list_courses")
    course_id = chosen("course_id") or (courses[0]["id"] if courses else "")
    found, older = paged("training", "list_course_decisions", course_id=course_id) if course_id else ([], None)
    plan = Plan.of()
    return page(
        say("Every decision about a course, its sessions, places and certificates."),
        [_entry(each, plan) for each in found],
        [Choice("course_id", say("Course"), course_id, [(each["id"], each["title"]) for each in courses])]
        if courses
        else [],
        older,
    )


def _entry(decision: Mapping[str, Any], plan: Plan) -> Entry:
    after = decision["after"]
    told = [_about(after, plan)]
    told += [f"“{after[name]}”" for name in ("note", "revoked_because") if after.get(name)]
    what = say(ACTIONS[decision["action"]])
    href = f"/courses/{decision['course_id']}"
    return Entry(decision["at"], person(decision["actor_id"]), what, " · ".join(told), href)


def _about(after: Mapping[str, Any], plan: Plan) -> str:
    if "space_id" in after:
        start, end = (datetime.fromisoformat(after[name]).astimezone(plan.zone) for name in ("starts_at", "ends_at"))
        return f"{plan.names.get(after['space_id'], after['space_id'])}, {span(start, end)}"
    if "offer_until" in after:
        return say("place no. %(number)d", number=after["number"])
    if "revoked_at" in after:
        return say("certificate %(number)s", number=after["number"])
    return say("the course")
