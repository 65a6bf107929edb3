"""E-mail addresses and phone numbers in one form each. Whether anybody is there is only known when tried.

The libraries that know the forms are imported with the first address.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_PHONE = re.compile(r"\+?[0-9(][0-9 ()-]{5,22}[0-9]")
"""As people write numbers. Other programs' forms, such as tel: addresses, are not taken."""


class NotAnAddress(ValueError):
    """What was given cannot be written to or called. The message says why, in English."""


def email(text: str) -> str:
    """The address as mail servers take it: ASCII, the domain in lower case and punycode. Raises NotAnAddress.

    Local parts beyond ASCII are refused: many servers on the way cannot carry them. Domains that are reserved for
    examples and tests (RFC 2606) are addresses like any other.
    """
    from email_validator import EmailNotValidError, validate_email

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
    import phonenumbers

    if not _PHONE.fullmatch(text):
        raise NotAnAddress("Give digits, with spaces, hyphens or brackets between them.")
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise NotAnAddress(str(error)) from error
    if not phonenumbers.is_valid_number(number):
        raise NotAnAddress("There is no such number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def webhook(text: str, *, plain_http: bool) -> str:
    """An https URL with a host that is out in the world, and without credentials; where plain_http says so (in
    development) http too, and any host. What a name stands for is looked at when it is called. Raises NotAnAddress.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotAnAddress(str(error)) from error
    if parts.scheme not in ({"https", "http"} if plain_http else {"https"}) or not parts.hostname or port == 0:
        raise NotAnAddress("Give an address that begins with https:// and a host.")
    if not plain_http and _is_at_home(parts.hostname):
        raise NotAnAddress("Give an address that is out in the world.")
    if parts.username or parts.password or parts.fragment:
        raise NotAnAddress("Give it without user, password or #.")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise NotAnAddress("Give it in ASCII without spaces.")
    return text


def _is_at_home(host: str) -> bool:
    """Is it a loopback or private address, or another that is none of the public ones?"""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False  # a name
