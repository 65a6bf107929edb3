"""Is a token the issuer's, meant for us, and good now? The algorithms are configured, never the token's choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway.problems import Unauthenticated

if TYPE_CHECKING:
    from services.gateway.identity.issuer import Issuer

LEEWAY = 30
"""Seconds by which the issuer's clock may differ from ours."""
LONGEST_TOKEN = 16 << 10
NOT_VALID = _("This login is not valid any more. Please log in again.")


def header_of(token: str) -> Mapping[str, Any]:
    """As it stands there, not believed yet. Raises Unauthenticated."""
    if len(token) > LONGEST_TOKEN:
        raise Unauthenticated(NOT_VALID)
    try:
        return jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise Unauthenticated(NOT_VALID) from error


def verified(
    token: str, issuer: Issuer, *, audience: str, algorithms: Collection[str], nonce: str | None = None
) -> dict[str, Any]:
    """The claims of a token for this audience; of an ID token with this nonce. Raises Unauthenticated, Unavailable."""
    header = header_of(token)
    if header.get("alg") not in algorithms:
        raise Unauthenticated(NOT_VALID)
    kid = header.get("kid")
    keys = issuer.keys(str(kid) if kid is not None else None)
    expected: dict[str, jwt.ClaimsOption] = {
        "iss": {"essential": True, "value": issuer.address},
        "aud": {"essential": True, "value": audience},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
    }
    if nonce is not None:
        expected["nonce"] = {"essential": True, "value": nonce}
    try:
        claims = jwt.decode(token, keys, algorithms=list(algorithms)).claims
        jwt.JWTClaimsRegistry(now=int(clock.wall().timestamp()), leeway=LEEWAY, **expected).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unauthenticated(NOT_VALID) from error
    return claims


def require_party(claims: Mapping[str, Any], client_id: str) -> None:
    """An ID token for several is for who asked for it. Raises Unauthenticated."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise Unauthenticated(NOT_VALID)
