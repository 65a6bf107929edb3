"""The words for what is sent: channels, audiences, states, reasons, and the messages that have templates."""

from __future__ import annotations

from services.chassis.i18n import msgid as _
from services.gateway.web.words import say

CHANNELS = {
    "inbox": _("Inbox"),
    "email": _("E-mail"),
    "sms": _("Text message"),
    "lms": _("Long text message"),
    "alimtalk": _("KakaoTalk notice"),
    "webhook": _("Webhook"),
}
CATEGORIES = {"service": _("A public notice"), "advertising": _("Advertising")}
AUDIENCES = {
    "everyone": _("Everybody"),
    "staff": _("Staff"),
    "tenants": _("Tenants"),
    "activists": _("Village activists"),
    "network": _("The network"),
    "field:social_economy": _("Social economy"),
    "field:village_community": _("Village communities"),
}
BROADCASTS = {
    "draft": ("closed", _("Draft")),
    "scheduled": ("asked", _("Scheduled")),
    "sending": ("asked", _("Being sent")),
    "sent": ("good", _("Sent")),
    "cancelled": ("closed", _("Cancelled")),
}
REASONS = {
    "contact_missing": _("no address for this"),
    "suppressed": _("an address that does not exist"),
    "muted": _("turned off by the person"),
    "consent_missing": _("no consent to advertising"),
    "consent_expired": _("consent too long ago"),
    "erased": _("somebody who was erased"),
}
APPROVALS = {
    "REG": ("closed", _("Not asked for yet")),
    "REQ": ("asked", _("Approval is asked for")),
    "APR": ("good", _("Approved")),
    "REJ": ("refused", _("Rejected")),
}
TEMPLATES = {
    "notice": _("Broadcasts and notices"),
    "consent_lapsing": _("Consent to advertising lapses"),
    "closure_digest": _("What fell to a closure"),
    "booking_requested": _("Booking applied for"),
    "booking_approved": _("Booking approved"),
    "booking_rejected": _("Booking not approved"),
    "booking_changed": _("Booking changed"),
    "booking_cancelled": _("Booking cancelled"),
    "booking_expired": _("Application expired"),
    "booking_no_show": _("Nobody came to a booking"),
    "booking_undecided": _("Application still undecided"),
    "penalty_imposed": _("Penalty point"),
    "closure_declared": _("Closure declared"),
    "closure_extended": _("Closure extended"),
    "closure_lifted": _("Closure lifted"),
    "enrolment_confirmed": _("Place in a course"),
    "enrolment_waitlisted": _("Waiting for a place"),
    "place_offered": _("A place is free"),
    "place_lapsed": _("A place was not taken"),
    "enrolment_cancelled": _("Enrolment ended"),
    "session_confirmed": _("Session has a date"),
    "session_cancelled": _("Session cancelled"),
    "session_refused": _("Session without a room"),
    "course_undersubscribed": _("Too few enrolled"),
    "induction_invited": _("Invitation to the induction"),
    "certificate_issued": _("Certificate issued"),
    "certificate_revoked": _("Certificate revoked"),
    "consultation_requested": _("Consultation asked for"),
    "consultation_assigned": _("Consultant found"),
    "consultation_reported": _("Consultation reported"),
    "visit_planned": _("Visit planned"),
    "visit_overdue": _("Visit without a report"),
    "action_due": _("Agreed action is due"),
    "call_corrected": _("Call corrected"),
    "application_submitted": _("Application received"),
    "application_withdrawn": _("Application withdrawn"),
    "application_screened": _("Result of the screening"),
    "results_published": _("Results of the call"),
    "offer_made": _("Offer of a place"),
    "offer_expired": _("Offer expired"),
    "tenancy_started": _("Tenancy begins"),
    "tenancy_extended": _("Tenancy extended"),
    "tenancy_ending": _("Tenancy ends soon"),
    "tenancy_ended": _("Tenancy ended"),
    "designation_expiring": _("Designation runs out"),
}


def template(key: str) -> str:
    """Of a key that is the centre's own, the key."""
    return say(TEMPLATES[key]) if key in TEMPLATES else key


def reason(code: str) -> str:
    return say(REASONS[code]) if code in REASONS else code


def audience(kind: str, key: str, courses: dict[str, str]) -> str:
    """courses: titles by id."""
    if kind == "course":
        return courses.get(key, say("A course"))
    return say(AUDIENCES[f"{kind}:{key}" if key else kind])
