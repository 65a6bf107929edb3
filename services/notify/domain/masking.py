"""Contact data as it stands in lists: enough to recognise somebody, too little to reach them. Source: DOMAIN,
Notification; scenario 39.
"""

from __future__ import annotations

import re

STAR = "*"
SHOWN_OF_A_PHONE = 4
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"[^\s<>()\[\]\",;:]+@[^\s<>()\[\]\",;:]+")
_PHONE = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)[+(]?\d(?:[ ()-]{0,2}\d){8,14}(?![\w.])")
"""9 to 15 digits in a row or in groups; not a date, and, as it has points, not an IP address."""


def name(text: str) -> str:
    """홍길동 -> 홍*동, 홍길 -> 홍*; spaces stay."""
    if len(text) <= 2:
        return text[:1] + STAR * (len(text) - 1)
    inner = "".join(each if each.isspace() else STAR for each in text[1:-1])
    return text[0] + inner + text[-1]


def email(text: str) -> str:
    """hong@example.com -> h***@example.com, however long the name is."""
    local, _, domain = text.rpartition("@")
    return f"{local[:1]}{STAR * 3}@{domain}"


def phone(text: str, country: str) -> str:
    """+821012345678 -> 010-****-5678; a number of another country with its code, +1 ***-***-4567."""
    import phonenumbers

    number = phonenumbers.parse(text)
    at_home = phonenumbers.region_code_for_number(number) == country
    form = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)
    head = re.match(r"\+?\d+", written)
    shown = head.group() if head and head.end() < len(written) else ""
    rest = written[len(shown) :]
    hidden = len(_DIGIT.findall(rest)) - SHOWN_OF_A_PHONE
    return shown + _DIGIT.sub(STAR, rest, count=max(hidden, 0)) if hidden > 0 else shown + _DIGIT.sub(STAR, rest)


def without_addresses(text: str, known: str = "") -> str:
    """What a provider has said, without whom it was for. Hides the known address, and whatever looks like an e-mail
    address or a phone number: providers write numbers in ways of their own, and the person may have another by now.
    """
    if known:
        text = re.sub(re.escape(known), "<address>", text, flags=re.IGNORECASE)
    return _PHONE.sub("<address>", _EMAIL.sub("<address>", text))
