"""For staff: the words in which people are told, with a look at them before they are kept."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.rpc import ask
from services.gateway.web import forms, vocabulary
from services.gateway.web.shell import STAFF, page, pages, roles_only
from services.gateway.web.words import say

ONE = "/templates/<key>/<channel>/<locale>"
LOCALES = {"ko": _("Korean"), "en": _("English")}
CHANNELS = ("email", "inbox", "sms", "lms", "alimtalk")
TOLD = {"kept": _("Kept. Every message from now on is written so."), "approval": _("Written down.")}
PLACES = {"template_invalid": "source"}
NEXT = {"REG": ("REQ",), "REQ": ("APR", "REJ"), "REJ": ("REQ",), "APR": ()}


@pages.get("/templates")
@roles_only(*STAFF)
def show_templates() -> Any:
    by_key: dict[str, dict[tuple[str, str], Any]] = defaultdict(dict)
    for each in ask("notify", "list_templates")["items"]:
        by_key[each["key"]][each["channel"], each["locale"]] = each
    order = [key for key in vocabulary.TEMPLATES if key in by_key]
    order += sorted(by_key.keys() - set(order))
    rows = [(key, by_key[key]) for key in order]
    return page("templates.html", rows=rows, vocabulary=vocabulary, locales=_locales())


@pages.get(ONE)
@roles_only(*STAFF)
def show_template(key: str, channel: str, locale: str) -> Any:
    return _shown(_named(key, channel, locale), None)


@pages.post(ONE)
@roles_only(*STAFF)
def write_template(key: str, channel: str, locale: str) -> Any:
    """A look at what is written, or a new version."""
    named = _named(key, channel, locale)
    source = request.form.get("source", "")
    if "look" in request.form:
        return _shown(named, None, source=source, **forms.opened())
    wanted = {**named, "source": source, **forms.opened()}

    def again(complaints: forms.Complaints) -> Any:
        return _shown(named, complaints, source=source, **({} if complaints.is_stale else forms.opened()))

    return forms.done(lambda: ask("notify", "put_template", wanted), again, request.path, "kept", PLACES)


@pages.post(f"{ONE}/preview")
@roles_only(*STAFF)
def preview_template(key: str, channel: str, locale: str) -> Any:
    """The part of the page that follows what is written."""
    preview, complaints = _preview(_named(key, channel, locale), request.form.get("source", ""))
    return page("template_preview.html", preview=preview, complaints=complaints, channel=channel)


@pages.post(f"{ONE}/approval")
@roles_only(*STAFF)
def move_approval(key: str, channel: str, locale: str) -> Any:
    named = _named(key, channel, locale)
    wanted = {**named, **forms.written("approval", "note")}
    return forms.done(
        lambda: ask("notify", "move_approval", wanted),
        lambda complaints: _shown(named, complaints),
        request.path.removesuffix("/approval"),
        "approval",
    )


def _shown(
    named: dict[str, str],
    complaints: forms.Complaints | None,
    *,
    source: str | None = None,
    version: Any = None,
) -> Any:
    """source: what is being written. version: on top of which, if not of the newest."""
    template = ask("notify", "get_template", named)
    written = template["source"] if source is None else source
    preview, faults = _preview(named, written)
    return page(
        "template.html",
        of=template,
        source=written,
        version=template["version"] if version is None else version,
        preview=preview,
        faults=faults,
        complaints=complaints,
        vocabulary=vocabulary,
        channels=CHANNELS,
        locales=_locales(),
        approvals=NEXT.get(template["approval"] or "APR", ()),
        address="/templates/" + "/".join(named.values()),
        told=TOLD,
    )


def _preview(named: dict[str, str], source: str) -> tuple[Any, forms.Complaints | None]:
    wanted = {**named, "source": source} if source.strip() else named
    try:
        return forms.submit(lambda: ask("notify", "preview_template", wanted), PLACES), None
    except forms.Wrong as wrong:
        return None, wrong.complaints


def _named(key: str, channel: str, locale: str) -> dict[str, str]:
    return {"key": key, "channel": channel, "locale": locale}


def _locales() -> dict[str, str]:
    return {code: say(name) for code, name in LOCALES.items()}
