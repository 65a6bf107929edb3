"""Who I am and where I am reached."""

from __future__ import annotations

from typing import Any

from flask import request

from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.schemas.people import NewContact
from services.gateway.rpc import ask
from services.gateway.web import forms
from services.gateway.web.shell import page, pages, person_only
from services.gateway.web.words import say

LANGUAGES = (("ko", "한국어"), ("en", "English"), ("zh", "中文"), ("vi", "Tiếng Việt"))
"""In which people may be written to; each by its own name. What is not spoken is written in English."""
CHANNELS = {"email": _("E-mail"), "sms": _("Text message"), "alimtalk": _("KakaoTalk")}
"""Over which people may choose to be told. The inbox here has everything; long texts (LMS) go as text messages do."""
CONSENTS = {
    "advertising": _("News of what tenants and the centre offer (advertising)"),
    "night": _("Also between 21:00 and 08:00"),
}
TOLD = {
    "contact": _("Saved. This is where we reach you from now on."),
    "preferences": _("Saved. From now on we tell you as you wish."),
}


@pages.get("/me")
@person_only
def show_me() -> Any:
    return _shown(_contact(), None)


@pages.post("/me/contact")
@person_only
def put_contact() -> Any:
    values = forms.written("name", "email", "phone", "locale")
    return forms.done(
        lambda: ask("notify", "put_contact", forms.loaded(NewContact, values)),
        lambda complaints: _shown(values, complaints),
        "/me",
        "contact",
    )


@pages.post("/me/preferences")
@person_only
def put_preferences() -> Any:
    quiet = forms.written("from", "until")
    ticked, consents = request.form.getlist("service"), request.form.getlist("consents")
    service = {each: each in ticked for each in CHANNELS}
    own = ask("notify", "get_preferences")["own"]
    wanted = {
        "choices": {**own, "service": {**own.get("service", {}), **service, "lms": service["sms"]}},
        "quiet": quiet or None,
        "consents": {each: each in consents for each in CONSENTS},
    }
    chosen = {"service": ticked, "consents": consents, "quiet": quiet}
    return forms.done(
        lambda: ask("notify", "put_preferences", wanted),
        lambda complaints: _shown(_contact(), None, chosen, complaints),
        "/me",
        "preferences",
        {"consent_missing": "consents"},
    )


def _preferences() -> dict[str, Any]:
    known = ask("notify", "get_preferences")
    return {
        "service": [each for each in CHANNELS if known["choices"]["service"][each]],
        "consents": [each for each in CONSENTS if known["consents"][each]["given"]],
        "quiet": known["quiet"] or {},
    }


def _contact() -> dict[str, Any]:
    try:
        return dict(ask("notify", "get_contact"))
    except NotFound:
        context = incoming.context()
        return {"name": context.actor.name, "locale": context.locale}


def _shown(
    values: dict[str, Any],
    complaints: forms.Complaints | None,
    wishes: dict[str, Any] | None = None,
    about_wishes: forms.Complaints | None = None,
) -> Any:
    """wishes: the preferences as they were written, about_wishes: what is wrong with them."""
    return page(
        "me.html",
        status=about_wishes.status if about_wishes else 200,
        values=values,
        complaints=complaints,
        wishes=wishes or _preferences(),
        about_wishes=about_wishes,
        languages=LANGUAGES,
        channels=[(each, say(text)) for each, text in CHANNELS.items()],
        consents=[(each, say(text)) for each, text in CONSENTS.items()],
        told=TOLD,
    )
