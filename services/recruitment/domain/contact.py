"""Marks of contact data, by which two people are found to have something in common.

Contact data itself is notify's alone. A mark is a keyed hash: under the call's own secret it tells that two are equal
and nothing else, not even between two calls. When the secret is gone the marks say nothing more. Limit: whoever has the
secret can try out every phone number, so that it protects against a glance and after the purge, not against the
operator.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass

MAIL, MAIL_DOMAIN, PHONE = "mail", "mail_domain", "phone"


@dataclass(frozen=True)
class Contact:
    """Normalised: email in lower case, phone in E.164."""

    email: str
    phone: str


def marks(contact: Contact, pepper: str, shared_domains: Collection[str]) -> dict[str, str]:
    """A domain of a mail provider that everybody may use is no mark."""
    domain = contact.email.rpartition("@")[2]
    known = {MAIL: contact.email, PHONE: contact.phone}
    if domain not in shared_domains:
        known[MAIL_DOMAIN] = domain
    key = bytes.fromhex(pepper)
    return {kind: hmac.digest(key, f"{kind}:{text}".encode(), hashlib.sha256).hex() for kind, text in known.items()}


def in_common(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The kinds of marks that are equal, sorted."""
    return sorted(kind for kind in one.keys() & other.keys() if one[kind] == other[kind])
