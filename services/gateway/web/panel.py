"""For staff: who judges a call, who judges what of it, and who must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import request

from services.chassis.i18n import msgid as _
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.selection import VOCABULARY
from services.gateway.web.shell import READERS, STAFF, page, pages, roles_only
from services.gateway.web.words import choices
from services.recruitment.contract.calls import GetCall
from services.recruitment.contract.panel import DeclaredTie, GetPanel, Judge, NameJudges, Panel, RecuseJudge
from services.recruitment.contract.vocabulary import Ground

ROWS, SPARE, MOST_ROWS = 3, 2, 50
PARTS = ("id", "name", "organisations", "email", "phone")
CHALLENGES = (Ground.ORGANISATION, Ground.KINSHIP, Ground.PRIOR_ADVICE, Ground.OTHER)
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
    """Name all judges at once. Their declared ties stay, as does contact data that is not given again."""
    rows = _written()
    ties = {each.id: each.ties for each in ask(GetPanel(call_id=call_id)).judges}

    def do() -> Panel:
        return ask(forms.checked(NameJudges, {"call_id": call_id, "judges": [_judge(row, ties) for row in rows]}))

    return forms.done(do, lambda complaints: _shown(call_id, rows, complaints), f"/calls/{call_id}/judges", "named")


@pages.post("/calls/<call_id>/recusals")
@roles_only(*STAFF)
def challenge_judge(call_id: str) -> Any:
    return forms.done(
        lambda: ask(forms.filled(RecuseJudge)),
        lambda complaints: _shown(call_id, None, complaints, forms.entered(RecuseJudge)),
        f"/calls/{call_id}/judges",
        "recused",
    )


def _shown(
    call_id: str,
    rows: Sequence[Mapping[str, str]] | None,
    complaints: forms.Complaints | None,
    values: Mapping[str, object] | None = None,
) -> Any:
    """values: of the form to recuse a judge, if the complaints are about it."""
    panel = ask(GetPanel(call_id=call_id))
    return page(
        "call_judges.html",
        call=ask(GetCall(call_id=call_id)),
        panel=panel,
        names={each.id: each.name for each in panel.judges},
        organisations={each.application_id: each.organisation_name for each in panel.applications},
        rows=_padded(rows if rows is not None else [_row(each) for each in panel.judges]),
        known={each.id: each.has_contact for each in panel.judges},
        challenges=choices(CHALLENGES),
        values=values or {},
        is_challenge=values is not None,
        complaints=complaints,
        told=TOLD,
        **VOCABULARY,
    )


def _written() -> list[dict[str, str]]:
    """Return the rows of the form that are not empty."""
    rows = [{part: request.form.get(f"{part}-{n}", "").strip() for part in PARTS} for n in range(1, MOST_ROWS + 1)]
    return [row for row in rows if any(row.values())]


def _judge(row: Mapping[str, str], ties: Mapping[str, Sequence[DeclaredTie]]) -> dict[str, object]:
    contact = {part: row[part] for part in ("email", "phone") if row[part]}
    return {
        "id": row["id"],
        "name": row["name"],
        "organisations": [each.strip() for each in row["organisations"].split(",") if each.strip()],
        **({"contact": contact} if contact else {}),
        "ties": [asdict(each) for each in ties.get(row["id"], ())],
    }


def _row(judge: Judge) -> dict[str, str]:
    organisations = ", ".join(judge.organisations)
    return {"id": judge.id, "name": judge.name, "organisations": organisations, "email": "", "phone": ""}


def _padded(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    spare = max(ROWS - len(rows), SPARE)
    return [*rows, *({} for _number in range(spare))][:MOST_ROWS]
