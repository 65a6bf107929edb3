"""The installation's own bearer tokens: JWT, HS256, signed with its key.

The algorithm, the issuer and the audience are pinned, and every token ends. Times are the machine's, not the clock that
development may move. Whoever knows the key can be anybody: it is a secret of the operator's.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from marshmallow import ValidationError

from services.chassis import clock, ids
from services.chassis.config import Config, ConfigError
from services.chassis.context import Actor
from services.chassis.i18n import msgid as _
from services.gateway import language
from services.gateway.identity.subject import Subject
from services.gateway.problems import Unauthenticated

ALGORITHM = "HS256"
NAME = "madang"
LIFETIME = timedelta(hours=12)
SHORTEST_KEY = 32
_PERSON = Subject()
CLAIMS = ("sub", "name", "roles", "orgs", "locale")


class Tokens:
    """Issues and reads tokens."""

    def __init__(self, key: str) -> None:
        self._secret = key.encode()
        self._key = OctKey.import_key(key)

    @classmethod
    def of(cls, config: Config) -> Tokens:
        """With the configured key, or the one that is kept in the data directory. Raises ConfigError."""
        key = config.token_key or _kept_key(config.data / "token.key")
        if len(key.encode()) < SHORTEST_KEY:
            raise ConfigError(f"MADANG_TOKEN_KEY: give at least {SHORTEST_KEY} bytes, and random ones")
        return cls(key)

    def issue(self, person: Mapping[str, Any]) -> str:
        """person: as the schema Subject loads it."""
        now = clock.wall()
        claims = {
            "iss": NAME,
            "aud": NAME,
            "iat": int(now.timestamp()),
            "exp": int((now + LIFETIME).timestamp()),
            "jti": ids.new_id(),
            **{name: person[name] for name in CLAIMS},
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])

    def derived(self, purpose: str) -> bytes:
        """A key of its own for another purpose; all replicas have the same."""
        return hmac.digest(self._secret, purpose.encode(), "sha256")

    def person(self, token: str) -> tuple[Actor, str]:
        """The actor and their locale. Raises Unauthenticated."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            _expected().validate(claims)
            known = _PERSON.load({name: claims[name] for name in CLAIMS})
        except (JoseError, ValueError, TypeError, KeyError, AttributeError, ValidationError) as error:
            raise Unauthenticated(_("This login is not valid any more. Please log in again.")) from error
        return Actor(known["sub"], known["name"], frozenset(known["roles"]), tuple(known["orgs"])), language.spoken(
            known["locale"]
        )


def _expected() -> jwt.JWTClaimsRegistry:
    pinned: jwt.ClaimsOption = {"essential": True, "value": NAME}
    return jwt.JWTClaimsRegistry(
        now=int(clock.wall().timestamp()), iss=pinned, aud=pinned, exp={"essential": True}, iat={"essential": True}
    )


def _kept_key(path: Path) -> str:
    """Made once, readable by the owner alone; of several processes that start at once the first one's is kept."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, made = tempfile.mkstemp(dir=path.parent)  # mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(made)
    return path.read_text().strip()
