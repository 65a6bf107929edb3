"""Templates: the words in which people are told, for each message, channel and language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.errors import NotFound
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import templates as schemas
from services.gateway.api.schemas.bases import Page
from services.gateway.api.schemas.preferences import CHANNELS
from services.gateway.rpc import ask

templates = Blueprint("templates", __name__, description="The words in which people are told")
ONE = "/templates/<id:key>/<id:channel>/<id:locale>"


@templates.operation("GET", "/templates", answer=schemas.TemplateList, refuses=(403,))
def list_templates() -> Any:
    """List the templates, Madang's own and the centre's. For staff."""
    return ask("notify", "list_templates")


@templates.operation("GET", ONE, answer=schemas.Template, refuses=(403, 404, 422))
def get_template(key: str, channel: str, locale: str) -> Any:
    """Show a template, and what it may name. For staff."""
    return ask("notify", "get_template", _named(key, channel, locale))


@templates.operation("PUT", ONE, body=schemas.NewTemplate, answer=schemas.Template, refuses=(403, 404, 409))
def put_template(key: str, channel: str, locale: str, body: Mapping[str, Any]) -> Any:
    """Write the centre's own words: a new version, for every message from now on. For staff.

    A template that names what is not offered, cannot be filled in or is too long for its channel is refused. One for
    `alimtalk` is sent when KakaoTalk has approved it.
    """
    return ask("notify", "put_template", {**_named(key, channel, locale), **body})


@templates.operation(
    "POST",
    f"{ONE}/preview",
    body=schemas.TemplateTrial,
    answer=schemas.TemplatePreview,
    refuses=(403, 404, 409),
)
def preview_template(key: str, channel: str, locale: str, body: Mapping[str, Any]) -> Any:
    """Show how a template reads, filled in with samples. Nothing is kept. For staff."""
    return ask("notify", "preview_template", {**_named(key, channel, locale), **body})


@templates.operation(
    "POST", f"{ONE}/approval", body=schemas.MovedApproval, answer=schemas.Template, refuses=(403, 404, 409)
)
def move_approval(key: str, channel: str, locale: str, body: Mapping[str, Any]) -> Any:
    """Write down how far KakaoTalk's approval has come: REG, then REQ, then APR or REJ. For staff."""
    return ask("notify", "move_approval", {**_named(key, channel, locale), **body})


@templates.operation("GET", f"{ONE}/decisions", query=Page, answer=schemas.NotifyDecisionPage, refuses=(403, 404))
def list_template_decisions(key: str, channel: str, locale: str, query: Mapping[str, Any]) -> Any:
    """Read who changed a template, the newest first. For staff and auditors."""
    named = _named(key, channel, locale)
    return ask("notify", "list_decisions", {"subject_id": ".".join(named.values()), **query})


def _named(key: str, channel: str, locale: str) -> dict[str, str]:
    """Raises NotFound."""
    if channel not in CHANNELS or locale not in schemas.LOCALES:
        raise NotFound
    return {"key": key, "channel": channel, "locale": locale}
