"""Vocabularies of booking."""

from __future__ import annotations

from services.chassis.vocabulary import Vocabulary


class Status(Vocabulary):
    """States of a booking."""

    PENDING = "pending", "승인 대기", "Waiting for a decision"
    APPROVED = "approved", "승인", "Approved"
    REJECTED = "rejected", "거절", "Not approved"
    CANCELLED = "cancelled", "취소", "Cancelled"
    EXPIRED = "expired", "만료", "Expired"
    CHECKED_IN = "checked_in", "이용", "Checked in"
    NO_SHOW = "no_show", "불참", "Nobody came"


class Action(Vocabulary):
    """Decisions about a booking. CHANGE is the applicant's and is decided anew; MOVE is a change by staff."""

    REQUEST = "request", "신청", "applied"
    APPROVE = "approve", "승인", "approved"
    REJECT = "reject", "거절", "rejected"
    CANCEL = "cancel", "취소", "cancelled"
    CHANGE = "change", "변경", "changed"
    MOVE = "move", "이동", "moved"
    EXPIRE = "expire", "만료", "expired"
    CHECK_IN = "check_in", "도착 확인", "checked in"
    MISS = "miss", "불참 처리", "nobody came"
    CLOSE = "close", "휴관으로 취소", "cancelled by a closure"
    ERASE = "erase", "개인정보 삭제", "erased"


class Kind(Vocabulary):
    """A rental (대관) is applied for and decided; the centre's own events and courses are approved at once."""

    RENTAL = "rental", "대관", "Rental"
    STAFF_EVENT = "staff_event", "센터 행사", "Event of the centre"
    COURSE = "course", "강좌", "Course"


class Purpose(Vocabulary):
    """Purposes of a booking. Source: DOMAIN, Booking."""

    COMMUNITY = "community", "마을공동체", "Village community"
    EDUCATION = "education", "교육", "Learning"
    CULTURE = "culture", "문화", "Culture"
    MEETING = "meeting", "회의", "Meeting"
    BUSINESS = "business", "사업", "Business"
    POLITICAL = "political", "정치", "Political"
    RELIGIOUS = "religious", "종교", "Religious"
    COMMERCIAL = "commercial", "영리", "Commercial gain"


class RejectReason(Vocabulary):
    FORBIDDEN_PURPOSE = "forbidden_purpose", "허용되지 않는 목적입니다", "The purpose is not allowed"
    INCOMPLETE = "incomplete", "신청 내용이 부족합니다", "The application is incomplete"
    UNSUITABLE_SPACE = "unsuitable_space", "공간이 맞지 않습니다", "The space does not suit"
    CENTRE_NEEDS_IT = "centre_needs_it", "센터에서 써야 합니다", "The centre needs it itself"
    OTHER = "other", "그 밖의 사유", "Another reason"


class Scope(Vocabulary):
    """Bookings of a series that a command is about: this, this and the following ones, or all (RFC 5545)."""

    THIS = "this", "이번만", "This one"
    FOLLOWING = "following", "이번부터 모두", "This and the following ones"
    ALL = "all", "전체", "All of them"
