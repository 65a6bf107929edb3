"""Vocabularies of training."""

from __future__ import annotations

from services.chassis.vocabulary import Vocabulary


class Topic(Vocabulary):
    """Topics that consultants advise on."""

    MANAGEMENT = "management", "경영", "Management"
    CERTIFICATION = "certification", "인증", "Certification"
    FINANCE = "finance", "회계·재무", "Accounting and finance"
    MARKETING = "marketing", "홍보·마케팅", "Marketing"
    SALES_CHANNEL = "sales_channel", "판로", "Sales channels"
    COMMUNITY = "community", "마을공동체", "Village community"


class ConsultationStatus(Vocabulary):
    REQUESTED = "requested", "진단 대기", "Awaiting diagnosis"
    DIAGNOSED = "diagnosed", "배정 대기", "Awaiting a consultant"
    ASSIGNED = "assigned", "상담 중", "Under way"
    REPORTED = "reported", "보고서 도착", "Report ready"
    RATED = "rated", "완료", "Finished"


class Channel(Vocabulary):
    """Kinds of sales channels (판로)."""

    FAIR = "fair", "장터·박람회", "Fair or market"
    PROCUREMENT = "procurement", "공공구매", "Public procurement"
    SHOP = "shop", "매장 입점", "Shop"


class Result(Vocabulary):
    """Results of an introduction to a sales channel."""

    PENDING = "pending", "결과 대기", "Not known yet"
    TALKS = "talks", "협의 중", "In talks"
    CONTRACT = "contract", "계약", "Contract signed"
    DECLINED = "declined", "성사되지 않음", "Did not work out"


class Stage(Vocabulary):
    """Stages of the grant programme (공모사업). Source: DOMAIN, Grant programme support."""

    FORMING = "forming", "형성 단계", "Forming"
    ACTIVITY = "activity", "활동 단계", "Activity"
    AUTONOMY = "autonomy", "자립 단계", "Autonomy"


class VisitStatus(Vocabulary):
    PLANNED = "planned", "예정", "Planned"
    REPORTED = "reported", "보고 완료", "Reported"
    CANCELLED = "cancelled", "방문 취소", "Called off"


class Track(Vocabulary):
    """Groups that courses are for. Who finishes a course of the activist track is in the register of activists."""

    GENERAL = "general", "누구나", "For everybody"
    ACTIVIST = "activist", "마을활동가", "Village activists"


class CourseStatus(Vocabulary):
    """Undersubscribed: enrolment is over with too few people, and staff have to confirm or cancel the course."""

    DRAFT = "draft", "준비 중", "Draft"
    PUBLISHED = "published", "모집 중", "Open for enrolment"
    UNDERSUBSCRIBED = "undersubscribed", "인원 부족", "Too few people"
    CONFIRMED = "confirmed", "진행", "Takes place"
    COMPLETED = "completed", "마침", "Completed"
    CANCELLED = "cancelled", "취소", "Cancelled"


class SessionStatus(Vocabulary):
    """Refused: booking has no room for it, or did not answer in time. It holds nothing."""

    AWAITING_ROOM = "awaiting_room", "공간 확인 중", "Awaits its room"
    CONFIRMED = "confirmed", "진행", "Takes place"
    REFUSED = "refused", "공간 없음", "No room"
    CANCELLED = "cancelled", "취소", "Cancelled"


class CancelReason(Vocabulary):
    """Reasons why a session was cancelled. Room lost: booking took back what it had granted. Room unanswered: it never
    answered. Staff give one of the first three.
    """

    INSTRUCTOR = "instructor", "강사 사정", "The instructor cannot come"
    TOO_FEW = "too_few", "인원 부족", "Too few people"
    OTHER = "other", "그 밖의 사유", "Another reason"
    CLOSURE = "closure", "휴관", "The centre is closed"
    COURSE_CANCELLED = "course_cancelled", "과정 취소", "The course was cancelled"
    ROOM_LOST = "room_lost", "공간 배정 취소", "The room was taken back"
    ROOM_UNANSWERED = "room_unanswered", "공간 미확정", "The room was not confirmed in time"


class EnrolmentStatus(Vocabulary):
    """Offered: a place is held for the person until they accept or the offer lapses."""

    CONFIRMED = "confirmed", "신청 완료", "Enrolled"
    WAITING = "waiting", "대기 중", "On the waiting list"
    OFFERED = "offered", "자리를 잡아 두었습니다", "A place is held for you"
    LAPSED = "lapsed", "기한 지남", "Lapsed"
    CANCELLED = "cancelled", "취소", "Cancelled"


class EndReason(Vocabulary):
    """Reasons why an enrolment ended. Offer expired: nobody answered it in time, and the place went to the next."""

    WITHDRAWN = "withdrawn", "본인 취소", "Withdrawn"
    BY_STAFF = "by_staff", "센터에서 취소", "Cancelled by staff"
    OFFER_EXPIRED = "offer_expired", "제안 기한 지남", "The offer expired"
    OFFER_DECLINED = "offer_declined", "제안 거절", "The offer was declined"
    COURSE_CANCELLED = "course_cancelled", "과정 취소", "The course was cancelled"
    COURSE_OVER = "course_over", "과정 종료", "The course is over"
    ERASED = "erased", "개인정보 삭제", "The person was erased"


class Direction(Vocabulary):
    """Entries of an attendance sheet."""

    IN = "in", "입실", "Came in"
    OUT = "out", "퇴실", "Left"


class Side(Vocabulary):
    """Sides of the public-private network (민·관 네트워크)."""

    PUBLIC = "public", "공공", "Public side"
    PRIVATE = "private", "민간", "Private side"


class ActionStatus(Vocabulary):
    OPEN = "open", "진행 중", "Still open"
    DONE = "done", "완료", "Done"
