"""For staff: who judges a call, who judges what of it, and who must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.api.operations import ask
from services.gateway.api.schemas.panels import Judges, NewRecusal
from services.gateway.web import forms
from services.gateway.web.selection import FOUND_GROUNDS, VOCABULARY, options
from services.gateway.web.shell import READERS, STAFF, page, pages, roles_only

ROWS, SPARE, MOST_ROWS = 3, 2, 50
PARTS = ("id", "name", "organisations", "email", "phone")
CHALLENGES = ("organisation", "kinship", "prior_advice", "other")
TOLD = {
    "named": _("The judges are named. The files are given to them when the shortlist is drawn."),
    "recused": _("Recused. Somebody else takes the place, if there is anybody."),
}


@pages.get("/calls/<call_id>/judges")
@roles_only(*READERS)
def show_panel(call_id: str) -> Any:
    return _shown(call_id, None, None)


@pages.post("/calls/<call_id>/judges")
@roles_only(*STAFF)
def name_judges(call_id: str) -> Any:
    """All of them at once. Ties that were declared before stay, as the contact data does that is not given again."""
    rows = _written()
    panel = ask("recruitment", "get_panel", {"call_id": call_id})
    ties = {each["id"]: each["ties"] for each in panel["judges"]}

    def do() -> Any:
        body = forms.loaded(Judges, {"judges": [_judge(row, ties) for row in rows]})
        return ask("recruitment", "name_judges", {"call_id": call_id, **body})

    return forms.done(do, lambda complaints: _shown(call_id, rows, complaints), f"/calls/{call_id}/judges", "named")


@pages.post("/calls/<call_id>/recusals")
@roles_only(*STAFF)
def challenge_judge(call_id: str) -> Any:
    values = forms.written("application_id", "judge_id", "ground", "reason")
    application_id = values.pop("application_id", "")

    def do() -> Any:
        body = forms.loaded(NewRecusal, values)
        return ask("recruitment", "recuse_judge", {"application_id": application_id, **body})

    def again(complaints: forms.Complaints) -> Any:
        return _shown(call_id, None, complaints, values)

    return forms.done(do, again, f"/calls/{call_id}/judges", "recused")


def _shown(
    call_id: str,
    rows: Sequence[Mapping[str, str]] | None,
    complaints: forms.Complaints | None,
    values: Mapping[str, Any] | None = None,
) -> Any:
    call = ask("recruitment", "get_call", {"call_id": call_id})
    panel = ask("recruitment", "get_panel", {"call_id": call_id})
    names = {each["id"]: each["name"] for each in panel["judges"]}
    return page(
        "call_judges.html",
        call=call,
        panel=panel,
        names=names,
        organisations={each["application_id"]: each["organisation_name"] for each in panel["applications"]},
        rows=_padded(rows if rows is not None else [_row(each) for each in panel["judges"]]),
        known={each["id"]: each["has_contact"] for each in panel["judges"]},
        challenges=options(FOUND_GROUNDS, CHALLENGES),
        values=values or {},
        is_challenge=values is not None,
        complaints=complaints,
        told=TOLD,
        **VOCABULARY,
    )


def _written() -> list[dict[str, str]]:
    """The rows of the form in which there is anything."""
    rows = [{part: request.form.get(f"{part}-{n}", "").strip() for part in PARTS} for n in range(1, MOST_ROWS + 1)]
    return [row for row in rows if any(row.values())]


def _judge(row: Mapping[str, str], ties: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    contact = {part: row[part] for part in ("email", "phone") if row[part]}
    return {
        "id": row["id"],
        "name": row["name"],
        "organisations": [each.strip() for each in row["organisations"].split(",") if each.strip()],
        **({"contact": contact} if contact else {}),
        "ties": list(ties.get(row["id"], ())),
    }


def _row(judge: Mapping[str, Any]) -> dict[str, str]:
    organisations = ", ".join(judge["organisations"])
    return {"id": judge["id"], "name": judge["name"], "organisations": organisations, "email": "", "phone": ""}


def _padded(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    spare = max(ROWS - len(rows), SPARE)
    return [*rows, *({} for _number in range(spare))][:MOST_ROWS]
