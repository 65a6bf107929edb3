"""Judges and recusals. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.recruitment import usecases
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import calls, panel
from services.recruitment.schemas import panel as schemas
from services.recruitment.schemas.calls import CallId, CallIdSchema
from services.recruitment.usecases import access
from services.recruitment.views import panel as shown


class Panel:
    @command(schemas.NameJudgesSchema, schemas.PanelView)
    def name_judges(self, call: Call, wanted: schemas.NameJudges) -> Any:
        named = usecases.name_judges(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _panel(call, named)

    @command(schemas.RecuseJudgeSchema, schemas.RecusalView)
    def recuse_judge(self, call: Call, wanted: schemas.RecuseJudge) -> Any:
        recusal = usecases.recuse_judge(call.session, wanted, actor=call.actor, now=call.now)
        return shown.recusal(recusal, call.profile)

    @query(CallIdSchema, schemas.PanelView)
    def get_panel(self, call: Call, wanted: CallId) -> Any:
        roles.require_reader(call.actor)
        found = calls.call(call.session, wanted.call_id)
        if found is None:
            raise NotFound(access.NO_CALL)
        return _panel(call, found)


def _panel(call: Call, of: PublicCall) -> Any:
    session = call.session
    return shown.panel(
        of,
        panel.judges(session, of.id),
        panel.shortlisted(session, of.id),
        panel.assignments(session, of.id),
        panel.recusals(session, of.id),
        call.profile,
    )
