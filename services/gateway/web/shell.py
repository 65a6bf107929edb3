"""What every page stands in: its language, who reads it, and where they can go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request

from services.chassis import clock, ids, roles
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _
from services.gateway import incoming, language, security
from services.gateway.problems import RETRY_AFTER
from services.gateway.web.forms import Complaints
from services.gateway.web.words import say

PAGE_SHARE = 0.4
"""Share of MADANG_RPC_DEADLINE after which a page says that a service is away, rather than keep the reader waiting."""
OWN_NAMES = {"ko": "한국어", "en": "English"}
LANGUAGE_COOKIE = "madang_language"
LANGUAGE_KEPT = timedelta(days=365)
STAFF, READERS = roles.STAFF, roles.READERS

pages = Blueprint("pages", __name__, static_folder="static", static_url_path="/static", template_folder="templates")


@dataclass(frozen=True)
class Way:
    """A page that one can go to. roles: for whom; none: for everybody; `person`: for whoever is logged in. beside:
    pages that are found there, too.
    """

    href: str
    label: str
    roles: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def is_for(self, actor: Any) -> bool:
        if not self.roles:
            return True
        return not actor.is_anonymous and ("person" in self.roles or actor.has_role(*self.roles))


WORK = (
    Way("/desk", _("Desk"), STAFF),
    Way("/week", _("Week"), READERS),
    Way("/support", _("Support"), READERS),
    Way("/units", _("Offices"), READERS),
    Way("/closures", _("Closures"), STAFF),
    Way("/messages", _("Messages"), STAFF, ("/broadcasts", "/templates")),
    Way("/statistics", _("Statistics"), READERS),
    Way("/record", _("Record"), READERS),
)
"""Of those who work at the centre: a row of its own."""
WAYS = (
    Way("/villages", _("My villages"), ("activist",)),
    Way("/teaching", _("My teaching"), ("instructor",)),
    Way("/judging", _("Judging"), ("judge",)),
    Way("/", _("Today")),
    Way("/spaces", _("Spaces")),
    Way("/apply", _("Apply")),
    Way("/bookings", _("My bookings"), ("person",)),
    Way("/courses", _("Courses")),
    Way("/consulting", _("Consulting"), ("resident", "member", "consultant")),
    Way("/calls", _("Calls")),
    Way("/notices", _("Notices")),
    Way("/tenancy", _("Our tenancy"), ("member",)),
    Way("/inbox", _("Inbox"), ("person",)),
    Way("/me", _("About me"), ("person",)),
)


def page(
    template: str,
    *,
    status: int = 200,
    complaints: Complaints | None = None,
    told: Mapping[str, str] | None = None,
    **shown: Any,
) -> Response:
    """A whole page. complaints: why its form is shown again; they say its status. told: msgids of what may just have
    been done, by the word that `redirect_with_notice` put into the address.
    """
    context = incoming.context()
    done = (told or {}).get(request.args.get("told", ""))
    text = render_template(template, complaints=complaints, told=say(done) if done else None, **shown)
    answered = make_response(text, complaints.status if complaints else status)
    answered.headers[security.CONTENT_SECURITY_POLICY] = security.PAGE_POLICY
    answered.headers["Cache-Control"] = "private, no-cache"
    answered.headers["Content-Language"] = context.locale
    if answered.status_code == 503:
        answered.headers["Retry-After"] = RETRY_AFTER
    return answered


def live(template: str, **shown: Any) -> Response:
    """A part of a page that looks after itself: whoever has it already is told that nothing is new."""
    answered = page(template, **shown)
    answered.add_etag()
    answered.make_conditional(request)
    return answered


def person_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever is not logged in is asked to, and comes back."""

    @wraps(view)
    def asked(*given: Any, **named: Any) -> Any:
        if incoming.is_anonymous():
            return redirect(login_address())
        return view(*given, **named)

    return asked


def roles_only(*roles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The page is for these roles: others are told so. The services judge by themselves, too."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def asked(*given: Any, **named: Any) -> Any:
            if not incoming.is_anonymous() and not incoming.context().actor.has_role(*roles):
                raise Forbidden
            return view(*given, **named)

        return person_only(asked)

    return decorate


def login_address() -> str:
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return "/login?" + urlencode({"next": back})


def is_part() -> bool:
    """Does htmx ask for a part of the page?"""
    return request.headers.get("HX-Request") == "true"


def choose_language() -> None:
    """`?lang=` before everything else, then what was chosen before."""
    chosen = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in language.LOCALES:
        g.context = replace(g.context, locale=chosen)


def is_of_pages() -> bool:
    return not request.path.startswith(("/api/", "/openapi", "/static/"))


def set_deadline(share: float = PAGE_SHARE) -> None:
    """Give up the calls of this request after a share of MADANG_RPC_DEADLINE."""
    seconds = current_app.extensions["config"].rpc_deadline * share
    g.context = replace(g.context, deadline=clock.wall() + timedelta(seconds=seconds))


def found(condition: Any) -> None:
    if not condition:
        raise NotFound


def keep_language(answered: Response) -> Response:
    if is_of_pages() and request.args.get("lang") in language.LOCALES:
        answered.set_cookie(
            LANGUAGE_COOKIE,
            request.args["lang"],
            max_age=LANGUAGE_KEPT,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return answered


def around() -> dict[str, Any]:
    """What the templates of all pages know."""
    context = incoming.context()
    return {
        "locale": context.locale,
        "other_languages": [(each, OWN_NAMES[each]) for each in language.LOCALES if each != context.locale],
        "in_language": _in_language,
        "person": None if context.actor.is_anonymous else context.actor,
        "is_staff": context.actor.has_role(*STAFF),
        "login_address": login_address(),
        "new_key": ids.new_id,
        "ways": [open_ways for ways in (WORK, WAYS) if (open_ways := _for(context.actor, ways))],
    }


def _for(actor: Any, ways: tuple[Way, ...]) -> list[dict[str, Any]]:
    return [
        {"href": way.href, "label": say(way.label), "current": any(map(_is_here, (way.href, *way.beside)))}
        for way in ways
        if way.is_for(actor)
    ]


def _in_language(code: str) -> str:
    """The address of this page in another language."""
    kept = [(name, each) for name, each in request.args.items(multi=True) if name not in {"lang", "told"}]
    return "?" + urlencode([*kept, ("lang", code)])


def _is_here(href: str) -> bool:
    return request.path == href or (href != "/" and request.path.startswith(href + "/"))
