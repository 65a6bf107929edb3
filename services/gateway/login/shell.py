"""The pages around the login, in the shell of all pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, g, make_response, render_template, request

from services.gateway import incoming, language, security

OWN_NAMES = {"ko": "한국어", "en": "English"}


def page(template: str, *, status: int = 200, **shown: Any) -> Response:
    choose_language()
    locale = incoming.context().locale
    others = [(each, OWN_NAMES[each]) for each in language.LOCALES if each != locale]
    made = make_response(render_template(template, locale=locale, other_languages=others, **shown), status)
    made.headers[security.CONTENT_SECURITY_POLICY] = security.PAGE_POLICY
    made.headers["Cache-Control"] = "private, no-store"
    made.headers["Content-Language"] = locale
    return made


def choose_language() -> None:
    """`?lang=` before everything else."""
    chosen = request.values.get("lang")
    if chosen in language.LOCALES:
        g.context = replace(g.context, locale=chosen)
