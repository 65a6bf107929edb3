"""Text for people, in their language, by gettext.

A package keeps its translations beside its code in `locale/<language>/LC_MESSAGES/messages.po`; they are read as they
are, so that nothing has to be compiled. msgids are English. A language without a catalogue is answered in English.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from services.chassis.errors import DomainError, Invalid, Refused, filled

CHASSIS = "services.chassis"


def msgid(text: str) -> str:
    """Marks `text` as a message that is translated later."""
    return text


@cache
def catalogue(package: str, locale: str) -> gettext.NullTranslations:
    """The translations of `package` for `locale` ("ko"), with the chassis' own behind them."""
    source = files(package).joinpath("locale", locale, "LC_MESSAGES", "messages.po")
    if source.is_file():
        from babel.messages.mofile import write_mo  # imported with the first text
        from babel.messages.pofile import read_po

        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=locale))
        compiled.seek(0)
        translations: gettext.NullTranslations = gettext.GNUTranslations(compiled)
    else:
        translations = gettext.NullTranslations()
    if package != CHASSIS:
        translations.add_fallback(catalogue(CHASSIS, locale))
    return translations


def translate(package: str, locale: str, message: str, details: Mapping[str, Any]) -> str:
    """In the language, with the details in their places."""
    return filled(catalogue(package, locale).gettext(message), details, locale)


def localised(error: DomainError, package: str, locale: str) -> dict[str, Any]:
    """The wire form of a refusal with its messages filled in, in the caller's language."""
    body = error.to_wire()
    body["message"] = translate(package, locale, error.message, error.details)
    if isinstance(error, Refused):
        for refusal in body["refusals"]:
            refusal["message"] = translate(package, locale, refusal["message"], refusal["details"])
    if isinstance(error, Invalid) and error.errors:
        body["details"] = {**body["details"], "errors": _by_field(error.errors, package, locale)}
    return body


def _by_field(errors: Any, package: str, locale: str) -> Any:
    """Messages by field, as marshmallow gives them; one with details as {message, details} (fields.py)."""
    if isinstance(errors, Mapping) and errors.keys() == {"message", "details"}:
        return translate(package, locale, errors["message"], errors["details"])
    if isinstance(errors, Mapping):
        return {name: _by_field(each, package, locale) for name, each in errors.items()}
    if isinstance(errors, (list, tuple)):
        return [_by_field(each, package, locale) for each in errors]
    return catalogue(package, locale).gettext(str(errors))
