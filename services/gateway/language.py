"""In which language somebody is answered: Korean, unless they ask for English."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from services.chassis.i18n import catalogue, translate

PACKAGE = "services.gateway"
LOCALES = ("ko", "en")
DEFAULT = LOCALES[0]


def negotiated(accept_language: str | None) -> str:
    """The best of an Accept-Language header; what cannot be read counts as absent."""
    wanted = parse_accept_header(accept_language, LanguageAccept)
    return wanted.best_match(LOCALES, DEFAULT) or DEFAULT


def spoken(tag: str) -> str:
    """The language in which somebody with this language tag is answered: English, if we do not speak theirs."""
    language = tag.replace("_", "-").partition("-")[0].lower()
    return language if language in LOCALES else "en"


def text(locale: str, message: str, **details: Any) -> str:
    """`message` (a msgid) in this language. What is no msgid, or has been said already, stays as it is."""
    return translate(PACKAGE, locale, message, details) if details else catalogue(PACKAGE, locale).gettext(message)
