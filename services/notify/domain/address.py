"""E-mail addresses and phone numbers in one form each. Whether anybody is there is only known when tried."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email


class NotAnAddress(ValueError):
    """What was given cannot be written to or called. The message says why, in English."""


def email(text: str) -> str:
    """The address as mail servers take it: ASCII, the domain in lower case and punycode. Raises NotAnAddress.

    Local parts beyond ASCII are refused: many servers on the way cannot carry them. Domains that are reserved for
    examples and tests (RFC 2606) are addresses like any other.
    """
    try:
        address = validate_email(
            text, check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        raise NotAnAddress(str(error)) from error
    assert address.ascii_email is not None  # without SMTPUTF8 there is no other form
    return address.ascii_email


def phone(text: str, country: str) -> str:
    """In E.164, "+821012345678". `country`: ISO 3166 code whose numbers may be given without +. Raises NotAnAddress."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise NotAnAddress(str(error)) from error
    if not phonenumbers.is_valid_number(number):
        raise NotAnAddress("There is no such number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
