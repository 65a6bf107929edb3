"""Why something came to its end, as codes that programs and messages decide by."""

from __future__ import annotations

from enum import StrEnum


class Cancelled(StrEnum):
    """Of a session. Room lost: booking took back what it had granted. Room unanswered: it never answered."""

    CLOSURE = "closure"
    COURSE_CANCELLED = "course_cancelled"
    INSTRUCTOR = "instructor"
    TOO_FEW = "too_few"
    ROOM_LOST = "room_lost"
    ROOM_UNANSWERED = "room_unanswered"
    OTHER = "other"


GIVEN_BY_STAFF = (Cancelled.INSTRUCTOR, Cancelled.TOO_FEW, Cancelled.OTHER)


class Ended(StrEnum):
    """Of an enrolment. Withdrawn: by the person. Offer expired: nobody answered it in time; the place went on."""

    WITHDRAWN = "withdrawn"
    BY_STAFF = "by_staff"
    OFFER_EXPIRED = "offer_expired"
    OFFER_DECLINED = "offer_declined"
    COURSE_CANCELLED = "course_cancelled"
    COURSE_OVER = "course_over"
    ERASED = "erased"
