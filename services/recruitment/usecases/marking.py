"""Makes marks of contact data, which is then let go: only notify keeps it (domain/contact.py)."""

from __future__ import annotations

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.domain import contact
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call
from services.recruitment.schemas.applications import ContactWish


def marks_of(given: ContactWish, call: Call, rules: RecruitmentRules) -> dict[str, str]:
    """Raises Invalid for a phone number that cannot be one."""
    import phonenumbers  # imported with the first number

    try:
        number = phonenumbers.parse(given.phone, rules.centre.country)
    except phonenumbers.NumberParseException as error:
        raise Invalid(errors={"contact": {"phone": [_("This is no phone number.")]}}) from error
    phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    known = contact.Contact(given.email.strip().lower(), phone)
    return contact.marks(known, call.pepper, rules.selection.shared_mail_domains)
