"""Make marks of contact data, which is not kept: only notify keeps it (domain/contact.py)."""

from __future__ import annotations

from marshmallow import ValidationError, validate

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.contract.panel import ComparedContact
from services.recruitment.domain import contact
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call

is_address = validate.Email()


def marks_of(given: ComparedContact, call: Call, rules: RecruitmentRules) -> dict[str, str]:
    """Raises Invalid for an e-mail address or a phone number that cannot be one."""
    import phonenumbers  # imported with the first number

    try:
        is_address(given.email)
    except ValidationError as error:
        raise Invalid(errors={"contact": {"email": error.messages}}) from error

    try:
        number = phonenumbers.parse(given.phone, rules.centre.country)
    except phonenumbers.NumberParseException as error:
        raise Invalid(errors={"contact": {"phone": [_("This is no phone number.")]}}) from error
    phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    known = contact.Contact(given.email.strip().lower(), phone)
    return contact.marks(known, call.pepper, rules.selection.shared_mail_domains)
