"""For staff: writing to many, in steps: to whom, what, a look at it, and out it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway import client, incoming
from services.gateway.rpc import ask
from services.gateway.web import forms, vocabulary
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import paged
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, STAFF, is_part, live, page, pages, roles_only
from services.gateway.web.words import say
from services.training.contract.courses import ListCourses

MOST_COURSES = 100
CHANNELS = ("inbox", "email", "sms", "alimtalk")
LANGUAGES = {"ko": _("Korean"), "en": _("English")}
TOLD = {
    "written": _("The draft is kept. Nobody has got it yet."),
    "tested": _("The test is on its way to you."),
    "sent": _("It is on its way."),
    "scheduled": _("It goes out at its time."),
    "cancelled": _("Nobody gets it."),
}
ON_ITS_WAY = {"scheduled", "sending"}


@pages.get("/broadcasts")
@roles_only(*READERS)
def show_broadcasts() -> Any:
    broadcasts, older = paged("notify", "list_broadcasts")
    return page("broadcasts.html", broadcasts=broadcasts, older=older, locale_of=_locale_of, **_needed())


@pages.get("/broadcasts/new")
@roles_only(*STAFF)
def choose_audience() -> Any:
    counted = {_value(each): each["people"] for each in ask("notify", "list_audiences")["items"]}
    audiences = [(value, f"{say(text)} ({counted.get(value, 0):,})") for value, text in vocabulary.AUDIENCES.items()]
    return page("broadcast_audience.html", audiences=audiences, chosen=_choices(request.args), **_needed())


@pages.get("/broadcasts/new/text")
@roles_only(*STAFF)
def write_text() -> Any:
    chosen = _choices(request.args)
    if not chosen["audience"] or not chosen["channels"]:
        return redirect_with_notice("/broadcasts/new?" + urlencode({**chosen, "missing": "1"}, doseq=True))
    return _text_page(chosen, {}, None)


@pages.post("/broadcasts/new/text")
@roles_only(*STAFF)
def write_broadcast() -> Any:
    """A look at what is written, or the draft."""
    chosen, texts = _choices(request.form), _texts()
    return _written(chosen, texts, lambda body: ask("notify", "create_broadcast", body))


@pages.get("/broadcasts/<broadcast_id>/text")
@roles_only(*STAFF)
def rewrite_text(broadcast_id: str) -> Any:
    draft = ask("notify", "get_broadcast", {"broadcast_id": broadcast_id})
    chosen = {
        "audience": _value(draft["audience"]),
        "category": draft["category"],
        "channels": draft["channels"],
        "version": draft["version"],
    }
    return _text_page(chosen, draft["texts"], None, broadcast_id=broadcast_id)


@pages.post("/broadcasts/<broadcast_id>/text")
@roles_only(*STAFF)
def rewrite_broadcast(broadcast_id: str) -> Any:
    chosen, texts = _choices(request.form), _texts()
    known = {"broadcast_id": broadcast_id, **forms.opened()}
    chosen |= forms.opened()
    return _written(chosen, texts, lambda body: ask("notify", "change_broadcast", {**body, **known}), broadcast_id)


@pages.post("/broadcasts/preview")
@roles_only(*STAFF)
def preview_text() -> Any:
    """The part of the page that follows what is written."""
    preview, complaints = _preview(_choices(request.form), _texts())
    return page("broadcast_preview.html", preview=preview, complaints=complaints, vocabulary=vocabulary)


@pages.get("/broadcasts/<broadcast_id>")
@roles_only(*READERS)
def show_broadcast(broadcast_id: str) -> Any:
    return _shown(broadcast_id, None)


@pages.get("/broadcasts/<broadcast_id>/progress")
@roles_only(*READERS)
def show_progress(broadcast_id: str) -> Any:
    broadcast = ask("notify", "get_broadcast", {"broadcast_id": broadcast_id})
    return live("broadcast_progress.html", broadcast=broadcast, on_its_way=ON_ITS_WAY, vocabulary=vocabulary)


@pages.post("/broadcasts/<broadcast_id>/test")
@roles_only(*STAFF)
def send_test(broadcast_id: str) -> Any:
    return _done(broadcast_id, lambda: ask("notify", "send_test", {"broadcast_id": broadcast_id}), "tested")


@pages.post("/broadcasts/<broadcast_id>/send")
@roles_only(*STAFF)
def send_broadcast(broadcast_id: str) -> Any:
    is_later = request.form.get("when") == "later"

    def do() -> Any:
        when = {"send_at": forms.moment(request.form, Plan.of().zone, at="time")} if is_later else {}
        return ask("notify", "send_broadcast", {"broadcast_id": broadcast_id, **forms.opened(), **when})

    return _done(broadcast_id, do, "scheduled" if is_later else "sent")


@pages.post("/broadcasts/<broadcast_id>/cancel")
@roles_only(*STAFF)
def cancel_broadcast(broadcast_id: str) -> Any:
    return _done(broadcast_id, lambda: ask("notify", "cancel_broadcast", {"broadcast_id": broadcast_id}), "cancelled")


def _written(chosen: dict[str, Any], texts: Mapping[str, Any], keep: Any, broadcast_id: str = "") -> Any:
    if "look" in request.form:
        preview, complaints = _preview(chosen, texts)
        return _text_page(chosen, texts, complaints, broadcast_id=broadcast_id, preview=preview)
    kind, _colon, key = chosen["audience"].partition(":")
    audience = {"kind": kind, **({"key": key} if key else {})}

    def again(complaints: forms.Complaints) -> Any:
        if complaints.is_stale:
            chosen["version"] = ask("notify", "get_broadcast", {"broadcast_id": broadcast_id})["version"]
        return _text_page(chosen, texts, complaints, broadcast_id=broadcast_id)

    return forms.done(
        lambda: keep({**_content(chosen, texts), "audience": audience}),
        again,
        lambda kept: f"/broadcasts/{kept['id']}",
        "written",
    )


def _preview(chosen: Mapping[str, Any], texts: Mapping[str, Any]) -> tuple[Any, forms.Complaints | None]:
    """What is half written has no preview yet."""
    whole = {language: text for language, text in texts.items() if text["subject"] and text["body"]}
    if not whole:
        return None, None
    try:
        samples = forms.submit(lambda: ask("notify", "preview_broadcast", _content(chosen, whole))["items"], {})
        return _together(samples), None
    except forms.Wrong as wrong:
        return None, wrong.complaints


def _together(samples: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What reads the same over several channels is shown once."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for each in samples:
        same = found.setdefault((each["locale"], each["subject"], each["body"]), {**each, "channels": []})
        same["channels"].append(each["channel"])
    return list(found.values())


def _content(chosen: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
    return {"category": chosen["category"], "channels": chosen["channels"], "texts": texts}


def _text_page(
    chosen: Mapping[str, Any],
    texts: Mapping[str, Any],
    complaints: forms.Complaints | None,
    *,
    broadcast_id: str = "",
    preview: Any = None,
) -> Any:
    if complaints is None and preview is None:
        preview, _faults = _preview(chosen, texts)
    back = urlencode({name: chosen[name] for name in ("audience", "category", "channels")}, doseq=True)
    return page(
        "broadcast_text.html",
        chosen=chosen,
        texts=texts,
        complaints=complaints,
        preview=preview,
        address=f"/broadcasts/{broadcast_id or 'new'}/text",
        back=f"/broadcasts/{broadcast_id}" if broadcast_id else f"/broadcasts/new?{back}",
        languages=[(code, say(name)) for code, name in LANGUAGES.items()],
        **_needed(),
    )


def _shown(broadcast_id: str, complaints: forms.Complaints | None) -> Any:
    broadcast = ask("notify", "get_broadcast", {"broadcast_id": broadcast_id})
    is_draft = broadcast["state"] == "draft" and incoming.context().actor.has_role(*STAFF)
    shown: dict[str, Any] = {}
    if is_draft:
        content = {name: broadcast[name] for name in ("category", "channels", "texts")}
        shown["recipients"] = ask("notify", "count_recipients", {"broadcast_id": broadcast_id})
        shown["preview"] = _together(ask("notify", "preview_broadcast", content)["items"])
    return page(
        "broadcast.html",
        broadcast=broadcast,
        is_draft=is_draft,
        complaints=complaints,
        values=request.form,
        on_its_way=ON_ITS_WAY,
        locale_of=_locale_of,
        told=TOLD,
        **shown,
        **_needed(),
    )


def _done(broadcast_id: str, do: Any, told: str) -> Any:
    return forms.done(do, lambda complaints: _shown(broadcast_id, complaints), f"/broadcasts/{broadcast_id}", told)


def _needed() -> dict[str, Any]:
    courses = {each.id: each.title for each in client.ask(ListCourses(limit=MOST_COURSES)).items}

    def audience(of: Mapping[str, str]) -> str:
        return vocabulary.audience(of["kind"], of["key"], courses)

    return {"vocabulary": vocabulary, "courses": courses, "audience_in_words": audience, "is_part": is_part()}


def _choices(given: Any) -> dict[str, Any]:
    """What was chosen in the first step; what is none of it counts as not chosen."""
    audience = given.get("audience", "")
    if audience == "course":
        audience = f"course:{given['course']}" if given.get("course") else ""
    category = given.get("category", "service")
    return {
        "audience": audience if audience in vocabulary.AUDIENCES or audience.startswith("course:") else "",
        "category": category if category in vocabulary.CATEGORIES else "service",
        "channels": [each for each in given.getlist("channels") if each in CHANNELS],
    }


def _texts() -> dict[str, dict[str, str]]:
    """A language of which nothing is written is not there."""
    found = {}
    for language in LANGUAGES:
        text = {name: request.form.get(f"{name}_{language}", "").strip() for name in ("subject", "body")}
        if any(text.values()):
            found[language] = text
    return found


def _value(audience: Mapping[str, Any]) -> str:
    return f"{audience['kind']}:{audience['key']}" if audience["key"] else str(audience["kind"])


def _locale_of(texts: Mapping[str, Any]) -> Any:
    """The text in the reader's language, or the one that there is."""
    return texts.get(incoming.context().locale) or next(iter(texts.values()))
