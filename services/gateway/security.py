"""Headers by which browsers keep others out of what is shown here."""

from __future__ import annotations

from werkzeug.datastructures import Headers

CONTENT_SECURITY_POLICY = "Content-Security-Policy"
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HTTPS_FROM_HERE_ON = "max-age=31536000"
"""For a year browsers come by https alone: said where people reach the gateway so."""
FOR_EVERYTHING = {
    CONTENT_SECURITY_POLICY: API_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def protect(headers: Headers) -> None:
    """Adds what the answer has not decided for itself."""
    decided = {name.lower() for name, _ in headers}
    for name, value in FOR_EVERYTHING.items():
        if name.lower() not in decided:
            headers.add(name, value)
