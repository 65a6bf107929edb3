"""Notify's own words to those whom it cannot serve. Codes: CONTRACTS, Refusal codes."""

from __future__ import annotations

from collections.abc import Iterable

from services.chassis.errors import Invalid, Refusal
from services.chassis.i18n import msgid as _


def not_an_email_address(why: str) -> Invalid:
    return Invalid(_("Mail cannot be sent to this address. Give one like name@example.com."), errors={"email": [why]})


def not_a_phone_number(why: str) -> Invalid:
    return Invalid(
        _("This is no phone number. Give one like 010-1234-5678, or one that begins with + and the country."),
        errors={"phone": [why]},
    )


def not_a_webhook(why: str) -> Invalid:
    return Invalid(_("Nothing can be sent to this address."), errors={"url": [why]})


def not_a_receipt(why: str) -> Invalid:
    return Invalid(_("This receipt cannot be read."), errors={"body": [why]})


def reason_missing() -> Invalid:
    return Invalid(_("Say why this person is erased."), errors={"reason": ["Missing data for required field."]})


def mandatory_cannot_be_muted() -> Refusal:
    return Refusal("invalid", _("Messages about your own bookings and applications cannot be turned off."))


def contact_missing() -> Refusal:
    return Refusal("contact_missing", _("Say first where you are reached."))


def consent_missing() -> Refusal:
    return Refusal("consent_missing", _("Advertising at night needs consent to advertising first."))


# --- templates


def cannot_be_read(why: str) -> Refusal:
    return Refusal("template_invalid", _("This cannot be read as a template: %(why)s"), {"why": why})


def uses_what_no_template_may_use(parts: Iterable[str]) -> Refusal:
    message = _("A template has texts, names and “if” alone. This one has: %(parts)s.")
    return Refusal("template_invalid", message, {"parts": ", ".join(sorted(parts))})


def names_what_is_not_offered(names: Iterable[str]) -> Refusal:
    message = _("It names what is not offered: %(names)s.")
    return Refusal("template_invalid", message, {"names": ", ".join(sorted(names))})


def has_no_subject() -> Refusal:
    return Refusal("template_invalid", _("It has no subject in its first line."))


def source_too_long(most: int) -> Refusal:
    return Refusal("template_invalid", _("It is longer than %(most)d characters."), {"most": most})


def too_many_bytes(taken: int, most: int) -> Refusal:
    message = _("Filled in, this text has %(taken)d bytes; a phone takes %(most)d.")
    return Refusal("template_invalid", message, {"taken": taken, "most": most})


def too_many_characters(taken: int, most: int) -> Refusal:
    message = _("Filled in, this text has %(taken)d characters; KakaoTalk takes %(most)d.")
    return Refusal("template_invalid", message, {"taken": taken, "most": most})


def not_approved() -> Refusal:
    return Refusal("template_not_approved", _("KakaoTalk has not approved this template."))


# --- what outside services ask to be told


def no_such_template(key: str) -> Refusal:
    return Refusal("template_invalid", _("There is no template “%(key)s” in every language."), {"key": key})


def words_missing(names: Iterable[str]) -> Refusal:
    message = _("The template needs these, too: %(names)s.")
    return Refusal("template_invalid", message, {"names": ", ".join(sorted(names))})


def words_unknown(names: Iterable[str]) -> Refusal:
    message = _("The template does not know these: %(names)s.")
    return Refusal("template_invalid", message, {"names": ", ".join(sorted(names))})


def nobody_known(person_ids: Iterable[str]) -> Refusal:
    message = _("These people have not said where they are reached: %(people)s.")
    return Refusal("contact_missing", message, {"people": ", ".join(sorted(person_ids))})


# --- broadcasts


def broadcast_too_long(language: str, taken: int, most: int) -> Refusal:
    message = _("With sender and greeting the text (%(language)s) takes %(taken)d of %(most)d. Shorten it for phones.")
    return Refusal("invalid", message, {"language": str(language), "taken": taken, "most": most})


def empty_audience() -> Refusal:
    return Refusal("invalid", _("Nobody belongs to this audience yet."))


def nothing_carries(channels: Iterable[str]) -> Refusal:
    message = _("No provider is configured for this: %(channels)s.")
    return Refusal("invalid", message, {"channels": ", ".join(sorted(str(each) for each in channels))})
