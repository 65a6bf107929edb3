"""What the provider signs: ID tokens and access tokens, good ones, and such as nobody should believe."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET, AUDIENCE = "madang-door", "between-us", "madang-api"


class Signer:
    """The provider's keys: the first one signs, the others are still told."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.keys: list[RSAKey] = []
        self.rotate()

    def rotate(self, *, keep: bool = True) -> None:
        """Another key signs from here on. keep: tokens of the one before stay good."""
        fresh = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)
        self.keys = [fresh, *(self.keys[:1] if keep else [])]

    def told(self) -> dict[str, Any]:
        return dict(KeySet(list(self.keys)).as_dict())

    def token(self, claims: dict[str, Any], how: str = "", typ: str = "JWT") -> str:
        """how: the name of a fault, or empty."""
        now = int(time.time())
        known = {"iss": self.issuer, "iat": now, "exp": now + 300, **claims}
        known |= {
            "expired": {"exp": now - 120, "iat": now - 600},
            "another audience": {"aud": "somebody-else"},
            "for several": {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
            "another issuer": {"iss": "https://issuer.example"},
            "another nonce": {"nonce": "of-another-login"},
            "from the future": {"iat": now + 3600},
            "nobody": {"sub": ""},
            "an odd name": {"sub": "a b"},
        }.get(how, {})
        for missing in {"no nonce": ["nonce"], "no end": ["exp"], "no audience": ["aud"]}.get(how, []):
            known.pop(missing, None)
        if how == "alg none":
            return f"{_part({'alg': 'none', 'typ': typ})}.{_part(known)}."
        header = {"alg": "RS256", "typ": typ, "kid": self.keys[0].kid}
        if how == "a key of its own":
            stranger = RSAKey.generate_key(2048)
            return jwt.encode(header, known, stranger)
        if how == "an unknown key":
            return jwt.encode({**header, "kid": f"made-up-{now}"}, known, RSAKey.generate_key(2048))
        if how == "the public key as a secret":
            signed = f"{_part({**header, 'alg': 'HS256'})}.{_part(known)}"
            return f"{signed}.{_text(hmac.digest(self.keys[0].as_pem(private=False), signed.encode(), 'sha256'))}"
        if how == "another algorithm":
            return jwt.encode({**header, "alg": "RS512"}, known, self.keys[0], algorithms=["RS512"])
        return jwt.encode(header, known, self.keys[0])


def _part(content: dict[str, Any]) -> str:
    return _text(json.dumps(content).encode())


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
