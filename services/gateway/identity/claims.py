"""Whom the issuer's claims tell of: its words become the centre's by the mapping of the configuration.

Roles are only those that the mapping names: what the issuer calls its groups gives nobody a role here by accident.
Whoever can log in is a resident. Organisations are the values of their claim, those with the prefix, without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import ValidationError

from services.chassis.config import Config
from services.chassis.context import Actor
from services.gateway import language
from services.gateway.identity.sessions import LoggedIn
from services.gateway.identity.subject import MOST_ORGS, MOST_ROLES, Subject
from services.gateway.problems import Unauthenticated

EVERYBODY = "resident"
_PERSON = Subject()


def person(claims: Mapping[str, Any], config: Config, locale: str) -> LoggedIn:
    """locale: of who says nothing of it. Raises Unauthenticated: nobody here can be called that."""
    told = {
        "sub": claims.get("sub"),
        "name": str(claims.get("name") or claims.get("preferred_username") or claims.get("sub"))[:200],
        "roles": _roles(claims, config),
        "orgs": _orgs(claims, config),
        "locale": str(claims.get("locale") or locale),
    }
    try:
        known = _PERSON.load(told)
    except ValidationError as error:
        raise Unauthenticated from error
    actor = Actor(known["sub"], known["name"], frozenset(known["roles"]), tuple(known["orgs"]))
    return LoggedIn(actor, language.spoken(known["locale"]))


def _roles(claims: Mapping[str, Any], config: Config) -> list[str]:
    told = set(_values(claims, config.oidc_roles_claim))
    return sorted({EVERYBODY, *(ours for theirs, ours in config.oidc_roles if theirs in told)})[:MOST_ROLES]


def _orgs(claims: Mapping[str, Any], config: Config) -> list[str]:
    prefix = config.oidc_orgs_prefix
    told = _values(claims, config.oidc_orgs_claim)
    return list(dict.fromkeys(each.removeprefix(prefix) for each in told if each.startswith(prefix)))[:MOST_ORGS]


def _values(claims: Mapping[str, Any], path: str) -> Iterable[str]:
    """The texts at a path like `realm_access.roles`: of a list, or the words of one text."""
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return found.split()
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
