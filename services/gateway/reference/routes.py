"""The reference: all operations by their parts, and each part on a page of its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, request

from services.chassis.errors import NotFound
from services.gateway import incoming
from services.gateway.api import document
from services.gateway.api.operations import REASONS
from services.gateway.reference.parts import Reference
from services.gateway.web.shell import page

ALWAYS = (401, 429, 503)
REFERENCES = "references"
"""Among the application's extensions: the reference in each language that was asked for."""

reference = Blueprint("reference", __name__, template_folder="templates")


def install(app: Flask) -> None:
    app.extensions[REFERENCES] = {}
    app.register_blueprint(reference)


@reference.get("/api")
def show_reference() -> Any:
    """`?part=`: one part of it."""
    known = _reference()
    name = request.args.get("part")
    if name is None:
        return page(
            "reference.html",
            reference=known,
            prefix=document.PREFIX,
            always=[(status, REASONS[status]) for status in ALWAYS],
        )
    part = known.parts.get(name)
    if part is None:
        raise NotFound
    return page("reference_part.html", part=part, prefix=document.PREFIX, shapes=known.shapes_of(part))


def _reference() -> Reference:
    known: dict[str, Reference] = current_app.extensions[REFERENCES]
    locale = incoming.context().locale
    if locale not in known:
        known[locale] = Reference(current_app.extensions[document.INTERFACE].document)
    return known[locale]
