"""For judges: the files to judge, what is left of them, one file with its score sheet, and stepping aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request

from services.chassis.errors import Forbidden, Invalid, NotFound
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.api.schemas.panels import NewRecusal
from services.gateway.web import forms
from services.gateway.web.listing import everything
from services.gateway.web.screening import facts_told
from services.gateway.web.selection import GROUNDS, VOCABULARY, is_own, options
from services.gateway.web.shell import READERS, found, page, pages, person_only, to

TOLD = {
    "scored": _("Your points are in. You may correct them until the ranking is made."),
    "recused": _("You have stepped aside. Somebody else judges it."),
}


@pages.get("/judging")
@person_only
def show_judging() -> Any:
    files = _files()
    return page(
        "judging.html",
        files=[each for each in files if not each["is_done"]],
        done=[each for each in files if each["is_done"]],
        told=TOLD,
        **VOCABULARY,
    )


@pages.get("/judging/<application_id>")
@person_only
def show_file(application_id: str) -> Any:
    return _shown(application_id)


@pages.post("/judging/<application_id>/scores")
@person_only
def score(application_id: str) -> Any:
    """Points by criterion, or an abstention; given again they are a correction."""
    wanted: dict[str, Any] = {"application_id": application_id, **_sheet()}
    try:
        forms.submit(lambda: ask("recruitment", "score_application", wanted), {})
    except forms.Wrong as wrong:
        return _shown(application_id, _by_criterion(wrong), wanted)
    return to(f"/judging/{application_id}", told="scored")


@pages.post("/judging/<application_id>/recusal")
@person_only
def step_aside(application_id: str) -> Any:
    values = forms.written("ground", "reason")

    def do() -> Any:
        body = forms.loaded(NewRecusal, values)
        return ask("recruitment", "recuse_judge", {"application_id": application_id, **body})

    return forms.done(do, lambda complaints: _shown(application_id, complaints, aside=values), "/judging", "recused")


def _sheet() -> dict[str, Any]:
    if "abstain" in request.form:
        return {"abstain": True, **forms.written("reason")}
    given = {name: text.strip() for name, text in request.form.items() if text.strip()}
    return {
        "scores": {name.removeprefix("score-"): given[name] for name in given if name.startswith("score-")},
        "comments": {name.removeprefix("comment-"): given[name] for name in given if name.startswith("comment-")},
        **forms.written("reason"),
    }


def _by_criterion(wrong: forms.Wrong) -> forms.Complaints:
    """Each complaint beside its criterion."""
    cause = wrong.__cause__
    scores = cause.errors.get("scores") if isinstance(cause, Invalid) else None
    if not isinstance(scores, Mapping):
        return wrong.complaints
    by_field = {f"score-{name}": forms.messages(each) for name, each in scores.items()}
    return forms.Complaints(by_field, by_field.pop("score-scores", ()), status=wrong.complaints.status)


def _shown(
    application_id: str,
    complaints: forms.Complaints | None = None,
    given: Mapping[str, Any] | None = None,
    aside: Mapping[str, Any] | None = None,
) -> Any:
    application = ask("recruitment", "get_application", {"application_id": application_id})
    scores = ask("recruitment", "get_scores", {"application_id": application_id})
    files = _files(application["call_id"])
    found(any(each["id"] == application_id for each in files))
    call = ask("recruitment", "get_call", {"call_id": application["call_id"]})
    return page(
        "judging_file.html",
        application=application,
        call=call,
        said=facts_told(application),
        scores=scores,
        criteria=[_criterion(each, scores["own"], given) for each in call["criteria"]],
        values=given or {},
        ranked=_is_ranked(call),
        grounds=options(GROUNDS),
        aside=aside,
        complaints=complaints,
        number=1 + [each["id"] for each in files].index(application_id),
        of=len(files),
        following=next((each for each in files if not each["is_done"] and each["id"] != application_id), None),
        told=TOLD,
        **VOCABULARY,
    )


def _criterion(
    criterion: Mapping[str, Any], own: Mapping[str, Any] | None, given: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A row of the sheet, with what was given: now, or before."""
    scores, comments = (given or own or {}).get("scores", {}), (given or own or {}).get("comments", {})
    value = scores.get(criterion["id"])
    return {
        "id": criterion["id"],
        "name": criterion["name"],
        "most": criterion["points"],
        "optional": criterion["optional"],
        "value": _number(value) if value else None,
        "comment": comments.get(criterion["id"], ""),
    }


def _number(text: str) -> Any:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _is_ranked(call: Mapping[str, Any]) -> bool:
    return bool(ask("recruitment", "get_ranking", {"call_id": call["id"]})["state"] != "open")


def _files(call_id: str | None = None) -> list[dict[str, Any]]:
    """What the reader judges, the first to be submitted first. Some asks for each: a judge has a dozen of them."""
    wanted = {"status": "shortlisted", **({"call_id": call_id} if call_id else {})}
    files = [each for each in everything("recruitment", "list_applications", **wanted) if not is_own(each)]
    if incoming.context().actor.has_role(*READERS):  # whose list has everybody's files
        assigned = _assigned({each["call_id"] for each in files})
        files = [each for each in files if each["id"] in assigned]
    return [_with_progress(each) for each in sorted(files, key=lambda each: str(each["receipt_number"]))]


def _assigned(call_ids: Iterable[str]) -> set[str]:
    reader = incoming.context().actor.id
    panels = [ask("recruitment", "get_panel", {"call_id": each}) for each in call_ids]
    return {each["application_id"] for panel in panels for each in panel["applications"] if reader in each["judge_ids"]}


def _with_progress(application: Mapping[str, Any]) -> dict[str, Any]:
    """conflict: why the reader cannot judge it, when that has shown only now."""
    try:
        scores = ask("recruitment", "get_scores", {"application_id": application["id"]})
    except (Forbidden, NotFound) as error:
        return {**application, "is_done": False, "conflict": error.message, "own": None}
    return {**application, "is_done": scores["own"] is not None, "conflict": None, "own": scores["own"]}
