"""Addresses that nothing is sent to any more: each known by a hash alone, so that no list of them lies about.

The hash has no key: who has an address can tell whether it is suppressed, and all phone numbers can be tried. It keeps
addresses out of sight, not from somebody who has the database.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from services.notify.domain.message import Channel


class Kind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    WEBHOOK = "webhook"


_KINDS = {
    Channel.EMAIL: Kind.EMAIL,
    Channel.SMS: Kind.PHONE,
    Channel.LMS: Kind.PHONE,
    Channel.WEBHOOK: Kind.WEBHOOK,
}


def kind_of(channel: Channel) -> Kind | None:
    """None: a failure on this channel says nothing of the address. A phone without KakaoTalk still takes a text."""
    return _KINDS.get(channel)


def hash_of(kind: Kind, address: str) -> str:
    """SHA-256 in hex. Addresses of mail differ in nothing when they differ in case alone."""
    return hashlib.sha256(f"{kind}:{address.lower()}".encode()).hexdigest()
