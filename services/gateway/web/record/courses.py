"""Page with the decisions about a course, its sessions, places and certificates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue

from services.chassis.i18n import msgid as _
from services.gateway.web.listing import shown, whole
from services.gateway.web.plan import Plan
from services.gateway.web.record.shell import Choice, Entry, chosen, page, person
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import say, span
from services.training.contract.courses import CourseDecision, ListCourseDecisions, ListCourses

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
def show_record_of_courses() -> ResponseReturnValue:
    courses = whole(ListCourses())
    course_id = chosen("course_id") or (courses[0].id if courses else "")
    decisions, older = shown(ListCourseDecisions(course_id=course_id)) if course_id else ([], None)
    plan = Plan.of()
    options = [(each.id, each.title) for each in courses]
    return page(
        say("Every decision about a course, its sessions, places and certificates."),
        [_entry(each, plan) for each in decisions],
        [Choice("course_id", say("Course"), course_id, options)] if options else [],
        older,
    )


def _entry(decision: CourseDecision, plan: Plan) -> Entry:
    parts = [_about(decision.after, plan)]
    parts += [f"“{decision.after[name]}”" for name in ("note", "revoked_because") if decision.after.get(name)]
    action = say(ACTIONS[decision.action])
    href = f"/courses/{decision.course_id}"
    return Entry(decision.at, person(decision.actor_id), action, " · ".join(parts), href)


def _about(after: Mapping[str, Any], plan: Plan) -> str:
    if "space_id" in after:
        start, end = (datetime.fromisoformat(after[name]).astimezone(plan.zone) for name in ("starts_at", "ends_at"))
        return f"{plan.names.get(after['space_id'], after['space_id'])}, {span(start, end)}"
    if "offer_until" in after:
        return say("place no. %(number)d", number=after["number"])
    if "revoked_at" in after:
        return say("certificate %(number)s", number=after["number"])
    return say("the course")
