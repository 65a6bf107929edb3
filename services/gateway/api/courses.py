"""Courses and their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import courses as schemas
from services.gateway.api.schemas import enrolments as places
from services.gateway.api.schemas.bases import Page

courses = Blueprint("courses", __name__, description="Courses, their sessions and who was there")


@courses.operation("POST", "/courses", body=schemas.NewCourse, answer=schemas.Course, status=201, refuses=(403,))
def create_course(body: Mapping[str, Any]) -> Any:
    """Set up a course. For staff. Others see it when it is published."""
    made = ask("training", "create_course", body)
    return made, {"Location": f"/api/v1/courses/{made['id']}"}


@courses.operation("GET", "/courses", query=schemas.FindCourses, answer=schemas.CoursePage, public=True)
def list_courses(query: Mapping[str, Any]) -> Any:
    """List courses, the newest first. Drafts are for staff and for those who are to teach them."""
    return ask("training", "list_courses", query)


@courses.operation("GET", "/courses/<id:course_id>", answer=schemas.Course, refuses=(404,), public=True)
def get_course(course_id: str) -> Any:
    """Show a course with its sessions."""
    return ask("training", "get_course", {"course_id": course_id})


@courses.operation(
    "POST",
    "/courses/<id:course_id>/sessions",
    body=schemas.NewSession,
    answer=schemas.Session,
    status=201,
    refuses=(403, 404, 409),
)
def plan_session(course_id: str, body: Mapping[str, Any]) -> Any:
    """Plan a session. For staff. It awaits its room until booking answers; its instructor is taken from here on."""
    return ask("training", "plan_session", {"course_id": course_id, **body})


@courses.operation("POST", "/courses/<id:course_id>/publish", answer=schemas.Course, refuses=(403, 404, 409))
def publish_course(course_id: str, body: Mapping[str, Any]) -> Any:
    """Publish a course. For staff. It needs a session, and no session may have been refused its room."""
    return ask("training", "publish_course", {"course_id": course_id, **body})


@courses.operation("POST", "/courses/<id:course_id>/confirm", answer=schemas.Course, refuses=(403, 404, 409))
def confirm_course(course_id: str, body: Mapping[str, Any]) -> Any:
    """Hold a course although too few people have enrolled. For staff."""
    return ask("training", "confirm_course", {"course_id": course_id, **body})


@courses.operation(
    "POST",
    "/courses/<id:course_id>/cancel",
    body=schemas.CourseCancellation,
    answer=schemas.Course,
    refuses=(403, 404, 409),
)
def cancel_course(course_id: str, body: Mapping[str, Any]) -> Any:
    """Cancel a course. For staff. Everybody in it or waiting is told; the fee is owed back."""
    return ask("training", "cancel_course", {"course_id": course_id, **body})


@courses.operation("POST", "/courses/<id:course_id>/complete", answer=places.CompletedCourse, refuses=(403, 404, 409))
def complete_course(course_id: str, body: Mapping[str, Any]) -> Any:
    """Complete a course after its last session. For staff. Who was there long enough gets a certificate."""
    return ask("training", "complete_course", {"course_id": course_id, **body})


@courses.operation(
    "GET", "/courses/<id:course_id>/decisions", query=Page, answer=schemas.CourseDecisionPage, refuses=(403,)
)
def list_course_decisions(course_id: str, query: Mapping[str, Any]) -> Any:
    """Read the log of what was done to a course and all that is in it, the newest first. For staff and auditors."""
    return ask("training", "list_course_decisions", {"course_id": course_id, **query})


@courses.operation(
    "POST",
    "/sessions/<id:session_id>/cancel",
    body=schemas.SessionCancellation,
    answer=schemas.Session,
    refuses=(403, 404, 409),
)
def cancel_session(session_id: str, body: Mapping[str, Any]) -> Any:
    """Cancel a session. For staff. Everybody enrolled is told."""
    return ask("training", "cancel_session", {"session_id": session_id, **body})


@courses.operation(
    "POST",
    "/sessions/<id:session_id>/new-date",
    body=schemas.NewDate,
    answer=schemas.Session,
    refuses=(403, 404, 409),
)
def plan_session_again(session_id: str, body: Mapping[str, Any]) -> Any:
    """Give a session that was cancelled its one new date, or one that was refused its room another. For staff."""
    return ask("training", "plan_session_again", {"session_id": session_id, **body})


@courses.operation(
    "POST",
    "/sessions/<id:session_id>/attendance",
    body=schemas.Attendance,
    answer=schemas.RecordedAttendance,
    refuses=(403, 404, 409),
)
def record_attendance(session_id: str, body: Mapping[str, Any]) -> Any:
    """Record who came and went: one by one, or a batch that was gathered offline. For staff and the instructor.

    All entries are recorded, or none. Entries that were sent before are recognised by their nonces.
    """
    return ask("training", "record_attendance", {"session_id": session_id, **body})


@courses.operation("GET", "/sessions/<id:session_id>/attendance", answer=schemas.SessionAttendance, refuses=(403, 404))
def get_attendance(session_id: str) -> Any:
    """Show how long each person was in a session. For staff, auditors and the instructor."""
    return ask("training", "get_attendance", {"session_id": session_id})
