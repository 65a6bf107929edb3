"""For judges: the files to judge, one file with its score sheet, and stepping aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from services.chassis.errors import Forbidden, Invalid, NotFound
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import whole
from services.gateway.web.screening import facts_told
from services.gateway.web.selection import OWN_GROUNDS, VOCABULARY, is_own
from services.gateway.web.shell import READERS, found, page, pages, person_only
from services.gateway.web.words import say
from services.recruitment.contract.applications import ApplicationLine, GetApplication, ListApplications
from services.recruitment.contract.calls import Criterion, GetCall
from services.recruitment.contract.judging import GetRanking, GetScores, ScoreApplication, Sheet
from services.recruitment.contract.panel import GetPanel, RecuseJudge
from services.recruitment.contract.vocabulary import ApplicationStatus, RankingState

TOLD = {
    "scored": _("Your points are in. You may correct them until the ranking is made."),
    "recused": _("You have stepped aside. Somebody else judges it."),
}


@dataclass(frozen=True)
class File:
    """An application that the reader judges. conflict: why the reader cannot judge it, if that has shown only now."""

    application: ApplicationLine
    conflict: str | None
    own: Sheet | None

    @property
    def id(self) -> str:
        return self.application.id


@pages.get("/judging")
@person_only
def show_judging() -> Any:
    files = _files(ListApplications(status=ApplicationStatus.SHORTLISTED))
    return page(
        "judging.html",
        files=[each for each in files if each.own is None],
        done=[each for each in files if each.own is not None],
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
    values: dict[str, Any] = {"application_id": application_id, **_sheet()}
    try:
        forms.submit(lambda: ask(forms.checked(ScoreApplication, values)), {})
    except forms.Wrong as wrong:
        return _shown(application_id, _by_criterion(wrong), values)
    return redirect_with_notice(f"/judging/{application_id}", "scored")


@pages.post("/judging/<application_id>/recusal")
@person_only
def step_aside(application_id: str) -> Any:
    return forms.done(
        lambda: ask(forms.filled(RecuseJudge, application_id=application_id)),
        lambda complaints: _shown(application_id, complaints, aside=forms.entered(RecuseJudge)),
        "/judging",
        "recused",
    )


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
    """Return the complaints, each beside its criterion."""
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
    aside: Mapping[str, object] | None = None,
) -> Any:
    """given: values of the score sheet. aside: values of the form to step aside."""
    application = ask(GetApplication(application_id=application_id))
    scores = ask(GetScores(application_id=application_id))
    files = _files(ListApplications(status=ApplicationStatus.SHORTLISTED, call_id=application.call_id))
    found(any(each.id == application_id for each in files))
    call = ask(GetCall(call_id=application.call_id))
    return page(
        "judging_file.html",
        application=application,
        call=call,
        said=facts_told(application),
        scores=scores,
        criteria=[_criterion(each, scores.own, given) for each in call.criteria],
        values=given or {},
        ranked=ask(GetRanking(call_id=call.id)).state != RankingState.OPEN,
        grounds=[(value, say(text)) for value, text in OWN_GROUNDS.items()],
        aside=aside,
        complaints=complaints,
        number=1 + [each.id for each in files].index(application_id),
        of=len(files),
        following=next((each for each in files if each.own is None and each.id != application_id), None),
        told=TOLD,
        **VOCABULARY,
    )


def _criterion(criterion: Criterion, own: Sheet | None, given: Mapping[str, Any] | None) -> dict[str, object]:
    """Return a row of the sheet, with the points and the comment that were given now, or before."""
    before = {"scores": own.scores, "comments": own.comments} if own else {}
    scores, comments = (given or before).get("scores", {}), (given or before).get("comments", {})
    value = scores.get(criterion.id)
    return {
        "id": criterion.id,
        "name": criterion.name,
        "most": criterion.points,
        "optional": criterion.optional,
        "value": _number(value) if value else None,
        "comment": comments.get(criterion.id, ""),
    }


def _number(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _files(listed: ListApplications) -> list[File]:
    """Return what the reader judges, the first to be submitted first. It takes a call each: a judge has a dozen."""
    applications = [each for each in whole(listed) if not is_own(each)]
    if incoming.context().actor.has_role(*READERS):  # the list of staff and auditors has everybody's files
        assigned = _assigned({each.call_id for each in applications})
        applications = [each for each in applications if each.id in assigned]
    return [_file(each) for each in sorted(applications, key=lambda each: each.receipt_number or "")]


def _assigned(call_ids: Iterable[str]) -> set[str]:
    reader = incoming.context().actor.id
    panels = [ask(GetPanel(call_id=each)) for each in call_ids]
    return {each.application_id for panel in panels for each in panel.applications if reader in each.judge_ids}


def _file(application: ApplicationLine) -> File:
    try:
        scores = ask(GetScores(application_id=application.id))
    except (Forbidden, NotFound) as error:
        return File(application, conflict=error.message, own=None)
    return File(application, conflict=None, own=scores.own)
