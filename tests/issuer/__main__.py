"""The provider's HTTP: discovery, keys, authorization, tokens, and /control for the tests."""

from __future__ import annotations

import hmac
import json
import secrets
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from tests.issuer.tokens import AUDIENCE, CLIENT, SECRET, Signer

ACCOUNTS: dict[str, dict[str, Any]] = {
    "u-1001": {
        "name": "한지민",
        "locale": "ko-KR",
        "groups": ["centre-staff", "unknown-group", "/orgs/happy-village", "/orgs/haneul-coop"],
    },
    "u-1002": {"name": "Alex Kim", "locale": "en-GB", "groups": ["director"]},
    "u-1003": {"preferred_username": "nari"},
}
CODE_GOOD_FOR = 60.0


class Provider(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Endpoints)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.signer = Signer(self.address)
        self.codes: dict[str, dict[str, Any]] = {}
        self.account = "u-1001"
        self.fault = ""
        self.asked: dict[str, int] = {}

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address if self.fault != "another name" else "https://issuer.example",
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }

    def authorized(self, asked: dict[str, str]) -> str:
        """The address to which the browser goes back. Raises ValueError: to nowhere."""
        back = asked.get("redirect_uri", "")
        if asked.get("client_id") != CLIENT or urlsplit(back).path != "/login/callback":
            raise ValueError("no client of ours")
        told = {"state": asked.get("state", ""), "iss": self.address}
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return f"{back}?{urlencode({**told, 'error': 'invalid_request'})}"
        if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
            return f"{back}?{urlencode({**told, 'error': 'invalid_request'})}"
        if self.fault == "denied":
            return f"{back}?{urlencode({**told, 'error': 'access_denied'})}"
        code = secrets.token_urlsafe(24)
        self.codes[code] = {**asked, "sub": self.account, "until": time.monotonic() + CODE_GOOD_FOR}
        return f"{back}?{urlencode({**told, 'code': code})}"

    def exchanged(self, asked: dict[str, str], client: tuple[str, str]) -> tuple[int, dict[str, Any]]:
        if client != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        granted = self.codes.pop(asked.get("code", ""), None)
        digest = sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            granted is None
            or granted["until"] < time.monotonic()
            or granted["redirect_uri"] != asked.get("redirect_uri")
            or not hmac.compare_digest(granted["code_challenge"], challenge)
        ):
            return 400, {"error": "invalid_grant"}
        identity = {"sub": granted["sub"], "aud": CLIENT, "nonce": granted.get("nonce"), **ACCOUNTS[granted["sub"]]}
        return 200, {
            "access_token": self.access(granted["sub"], ""),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self.signer.token(identity, self.fault),
        }

    def access(self, sub: str, how: str) -> str:
        return self.signer.token({"sub": sub, "aud": AUDIENCE, **ACCOUNTS[sub]}, how, typ="at+jwt")

    def controlled(self, order: dict[str, Any]) -> dict[str, Any]:
        self.fault = order.get("fault", self.fault)
        self.account = order.get("account", self.account)
        if "rotate" in order:
            self.signer.rotate(keep=order["rotate"] == "keep")
        if "access" in order:
            return {"token": self.access(self.account, order["access"])}
        return {"asked": self.asked}


class Endpoints(BaseHTTPRequestHandler):
    server: Provider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        self.server.asked[path] = self.server.asked.get(path, 0) + 1
        if self.server.fault == "away" and path != "/control":
            self._answer(500, {})
        elif path == "/.well-known/openid-configuration":
            self._answer(200, self.server.metadata())
        elif path == "/keys":
            self._answer(200, self.server.signer.told())
        elif path == "/authorize":
            try:
                self._answer(303, {}, Location=self.server.authorized(asked))
            except ValueError:
                self._answer(400, {"error": "invalid_request"})
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        self.server.asked[self.path] = self.server.asked.get(self.path, 0) + 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/token":
            self._answer(*self.server.exchanged(dict(parse_qsl(body)), self._client()))
        elif self.path == "/control":
            self._answer(200, self.server.controlled(json.loads(body)))
        else:
            self._answer(404, {})

    def _client(self) -> tuple[str, str]:
        scheme, _, given = self.headers.get("Authorization", "").partition(" ")
        name, _, secret = b64decode(given).decode().partition(":") if scheme == "Basic" else ("", "", "")
        return unquote_plus(name), unquote_plus(secret)

    def _answer(self, status: int, content: dict[str, Any], **headers: str) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet: the tests read what the gateway says."""


if __name__ == "__main__":
    provider = Provider(int(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    provider.serve_forever()
