"""Next steps of staff in calls, tenancies and courses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from services.chassis import clock
from services.gateway.client import ask
from services.gateway.web.listing import whole
from services.gateway.web.selection import is_review_due
from services.gateway.web.words import date_, deadline, say
from services.recruitment.contract.applications import ListApplications
from services.recruitment.contract.calls import CallLine, ListCalls
from services.recruitment.contract.judging import GetRanking
from services.recruitment.contract.panel import GetPanel
from services.recruitment.contract.tenancies import ListTenancies, Tenancy
from services.recruitment.contract.vocabulary import ApplicationStatus, CallStatus, RankingState, TenancyStatus
from services.training.contract.courses import Course, ListCourses
from services.training.contract.vocabulary import CourseStatus, SessionStatus

Waiting = dict[str, str]
RUNNING = {CourseStatus.DRAFT, CourseStatus.PUBLISHED, CourseStatus.UNDERSUBSCRIBED, CourseStatus.CONFIRMED}
"""Courses that something can still be done about."""


def of_selection(today: date) -> list[Waiting]:
    """{title, what, href} for everything that waits."""
    return [*_calls(today), *_tenancies(today)]


def of_courses(now: datetime) -> list[Waiting]:
    """{title, what, href} for everything that waits."""
    return [
        {"title": course.title, "what": what, "href": f"/courses/{course.id}"}
        for course in whole(ListCourses())
        if course.status in RUNNING
        for what in _of_course(course, now)
    ]


def _of_course(course: Course, now: datetime) -> Iterator[str]:
    sessions = [each for each in course.sessions if each.status is not SessionStatus.CANCELLED]
    if course.status is CourseStatus.UNDERSUBSCRIBED:
        numbers = {"taken": course.taken, "fewest": course.fewest}
        yield say("%(taken)d enrolled, %(fewest)d needed: let it take place or cancel it", **numbers)
    if any(each.status is SessionStatus.REFUSED for each in sessions):
        yield say("a session has no room")
    if course.waiting == 1:
        yield say("one person waits for a place")
    elif course.waiting:
        yield say("%(number)d people wait for a place", number=course.waiting)
    if course.status is not CourseStatus.DRAFT and sessions and all(each.end <= now for each in sessions):
        yield say("its sessions are over: complete it")


def _calls(today: date) -> Iterator[Waiting]:
    submitted = Counter(each.call_id for each in whole(ListApplications(status=ApplicationStatus.SUBMITTED)))
    for call in ask(ListCalls(limit=100)).items:
        is_over = call.intake_closes_at <= clock.now()
        if call.status != CallStatus.PUBLISHED or call.results_at or not is_over:
            continue
        if step := _step_of_call(call, submitted[call.id], today):
            text, page = step
            yield {"title": call.title, "what": text, "href": f"/calls/{call.id}/{page}"}


def _step_of_call(call: CallLine, submitted: int, today: date) -> tuple[str, str] | None:
    """Return the next step of staff and the page of the call where they take it, if there is one."""
    if submitted:
        text = say("one application to confirm") if submitted == 1 else say("%(number)d to confirm", number=submitted)
        return text, "applications"
    panel = ask(GetPanel(call_id=call.id))
    if not panel.applications:
        return None
    if any(each.short for each in panel.applications):
        return say("name judges"), "judges"
    ranking = ask(GetRanking(call_id=call.id))
    if ranking.state == RankingState.FROZEN:
        return (say("publish the results"), "ranking") if call.result_on <= today else None
    if all(each.submitted >= each.expected for each in ranking.progress):
        return say("make the ranking"), "ranking"
    return None


def _tenancies(today: date) -> Iterator[Waiting]:
    for each in whole(ListTenancies()):
        if step := _step(each, today):
            yield {
                "title": f"{each.unit_name} · {each.organisation_name}",
                "what": step,
                "href": f"/tenancies/{each.id}",
            }


def _step(tenancy: Tenancy, today: date) -> str | None:
    """Return the next step of staff, if there is one."""
    if tenancy.status == TenancyStatus.ENDED:
        return say("hand back the unit")
    if tenancy.status == TenancyStatus.ENDING:
        return say("moves out on %(day)s", day=date_(tenancy.ends_on))
    if tenancy.status == TenancyStatus.UNSIGNED:
        return say("to be signed until %(time)s", time=deadline(tenancy.sign_by))
    return say("review the extension") if is_review_due(tenancy, today) else None
