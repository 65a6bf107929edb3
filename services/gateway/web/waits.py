"""What of calls, tenancies and courses waits for staff, for their desk: the next step of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from services.chassis import clock
from services.gateway.api.operations import ask
from services.gateway.web.listing import everything
from services.gateway.web.selection import at, is_review_due
from services.gateway.web.words import date_, deadline, say

Waiting = dict[str, str]
RUNNING = {"draft", "published", "undersubscribed", "confirmed"}
"""Courses that something can still be done about."""


def of_selection(today: date) -> list[Waiting]:
    """{title, what, href} for everything that waits."""
    return [*_calls(today), *_tenancies(today)]


def of_courses(now: datetime) -> list[Waiting]:
    """{title, what, href} for everything that waits."""
    running = (each for each in everything("training", "list_courses") if each["status"] in RUNNING)
    return [
        {"title": course["title"], "what": what, "href": f"/courses/{course['id']}"}
        for course in running
        for what in _of_course(course, now)
    ]


def _of_course(course: Mapping[str, Any], now: datetime) -> Iterator[str]:
    sessions = [each for each in course["sessions"] if each["status"] != "cancelled"]
    if course["status"] == "undersubscribed":
        numbers = {"taken": course["taken"], "fewest": course["fewest"]}
        yield say("%(taken)d enrolled, %(fewest)d needed: let it take place or cancel it", **numbers)
    if any(each["status"] == "refused" for each in sessions):
        yield say("a session has no room")
    if course["waiting"] == 1:
        yield say("one person waits for a place")
    elif course["waiting"]:
        yield say("%(number)d people wait for a place", number=course["waiting"])
    if course["status"] != "draft" and sessions and all(at(each["end"]) <= now for each in sessions):
        yield say("its sessions are over: complete it")


def _calls(today: date) -> Iterator[Waiting]:
    calls = ask("recruitment", "list_calls", {"limit": 100})["items"]
    submitted = Counter(each["call_id"] for each in everything("recruitment", "list_applications", status="submitted"))
    for call in calls:
        over = at(call["intake_closes_at"]) <= clock.now()
        if call["status"] != "published" or call["results_at"] or not over:
            continue
        if what := _next_step(call, submitted[call["id"]], today):
            told, page = what
            yield {"title": call["title"], "what": told, "href": f"/calls/{call['id']}/{page}"}


def _next_step(call: Mapping[str, Any], submitted: int, today: date) -> tuple[str, str] | None:
    """What to do, and on which of the call's pages."""
    if submitted:
        told = say("one application to confirm") if submitted == 1 else say("%(number)d to confirm", number=submitted)
        return told, "applications"
    panel = ask("recruitment", "get_panel", {"call_id": call["id"]})
    if not panel["applications"]:
        return None
    if any(each["short"] for each in panel["applications"]):
        return say("name judges"), "judges"
    ranking = ask("recruitment", "get_ranking", {"call_id": call["id"]})
    if ranking["state"] == "frozen":
        due = date.fromisoformat(call["result_on"])
        return (say("publish the results"), "ranking") if due <= today else None
    if all(each["submitted"] >= each["expected"] for each in ranking["progress"]):
        return say("make the ranking"), "ranking"
    return None


def _tenancies(today: date) -> Iterator[Waiting]:
    for each in everything("recruitment", "list_tenancies"):
        title, href = f"{each['unit_name']} · {each['organisation_name']}", f"/tenancies/{each['id']}"
        if each["status"] == "ended":
            yield {"title": title, "what": say("hand back the unit"), "href": href}
        elif each["status"] == "ending":
            yield {"title": title, "what": say("moves out on %(day)s", day=date_(each["ends_on"])), "href": href}
        elif each["status"] == "unsigned":
            told = say("to be signed until %(time)s", time=deadline(each["sign_by"]))
            yield {"title": title, "what": told, "href": href}
        elif is_review_due(each, today):
            yield {"title": title, "what": say("review the extension"), "href": href}
