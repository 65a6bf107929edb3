"""Notify's own words to those whom it cannot serve. Codes: CONTRACTS, Refusal codes."""

from __future__ import annotations

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _


def not_an_email_address(why: str) -> Invalid:
    return Invalid(_("Mail cannot be sent to this address. Give one like name@example.com."), errors={"email": [why]})


def not_a_phone_number(why: str) -> Invalid:
    return Invalid(
        _("This is no phone number. Give one like 010-1234-5678, or one that begins with + and the country."),
        errors={"phone": [why]},
    )
