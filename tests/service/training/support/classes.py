"""Courses, as the tests of the support work need them: held, attended and completed by the other half."""

from __future__ import annotations

from typing import Any

from services.chassis.testing import Bench
from tests.people import STAFF
from tests.service.training.courses.centre import TEACHER, all_of, enrolled, later, person, published, session


def held(
    bench: Bench, people: range, *sessions: dict[str, Any], present: range | None = None, **course: Any
) -> tuple[str, list[str]]:
    """A course that is over, for which `people` enrolled; those `present` were there from beginning to end. Its id, and
    those of its sessions. The bench has booking, too. The clock stands where the last session ended.
    """
    planned = sessions or (session(),)
    course_id, ids = published(bench, *planned, **course)
    enrolled(bench, course_id, people)
    bench.move_clock(max(later(each["end"]) for each in planned))
    with all_of(bench, TEACHER) as (teacher,):
        for each, session_id in zip(planned, ids, strict=True):
            entries = [entry for number in present or people for entry in _came_and_went(number, each)]
            teacher.record_attendance(session_id=session_id, entries=entries)
    return course_id, ids


def completed(bench: Bench, people: range, *sessions: dict[str, Any], **course: Any) -> list[dict[str, Any]]:
    """The certificates of such a course, by the order of people."""
    course_id, _ = held(bench, people, *sessions, **course)
    with bench.acting(STAFF) as rpc:
        done = rpc.training.complete_course(course_id=course_id)["certificates"]
    bench.settle()
    return sorted(done, key=lambda each: each["person"]["id"])


def _came_and_went(number: int, planned: dict[str, Any]) -> list[dict[str, str]]:
    known = {"person_id": person(number).id}
    return [
        {**known, "nonce": f"{number}-in", "direction": "in", "at": planned["start"]},
        {**known, "nonce": f"{number}-out", "direction": "out", "at": planned["end"]},
    ]
