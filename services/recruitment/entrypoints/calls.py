"""Public calls. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.recruitment import usecases
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import calls
from services.recruitment.schemas import calls as schemas
from services.recruitment.usecases import access
from services.recruitment.views import calls as shown


class Calls:
    @command(schemas.CreateCallSchema, schemas.CallView)
    def create_call(self, call: Call, wanted: schemas.CreateCall) -> Any:
        made = usecases.create_call(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, made)

    @command(schemas.ChangeCallSchema, schemas.CallView)
    def change_call(self, call: Call, wanted: schemas.ChangeCall) -> Any:
        changed = usecases.change_call(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, changed)

    @command(schemas.CallIdSchema, schemas.CallView)
    def publish_call(self, call: Call, wanted: schemas.CallId) -> Any:
        made = usecases.publish_call(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, made)

    @command(schemas.CorrectCallSchema, schemas.CallView)
    def correct_call(self, call: Call, wanted: schemas.CorrectCall) -> Any:
        corrected = usecases.correct_call(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, corrected)

    @query(schemas.CallIdSchema, schemas.CallView)
    def get_call(self, call: Call, wanted: schemas.CallId) -> Any:
        return _whole(call, access.require_visible(call.actor, calls.call(call.session, wanted.call_id)))

    @query(schemas.FindCallsSchema, schemas.CallPage)
    def list_calls(self, call: Call, wanted: schemas.FindCalls) -> Any:
        found = calls.find_calls(call.session, wanted, drafts=roles.reads_all(call.actor))
        return shown.page(found, wanted.limit, call.profile)


def _whole(call: Call, of: PublicCall) -> Any:
    corrected = calls.corrections(call.session, of.id)
    return shown.call(of, corrected, call.profile, call.context.locale)
