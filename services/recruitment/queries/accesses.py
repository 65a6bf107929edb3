"""The log of who opened a document."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis import paging, roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.recruitment.contract import documents as contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import FileAccess
from services.recruitment.queries.decisions import number_in


def list_accesses(call: Call[RecruitmentRules], request: contract.ListAccesses) -> Page[contract.Access]:
    """Newest first. Raises Forbidden, and Invalid for a cursor that is none."""
    roles.require_reader(call.actor)
    chosen = select(FileAccess).where(FileAccess.application_id == request.application_id)
    if request.cursor is not None:
        chosen = chosen.where(FileAccess.id < number_in(request.cursor))
    rows = call.session.scalars(chosen.order_by(FileAccess.id.desc()).limit(request.limit + 1)).all()
    rows, next_cursor = paging.cut(rows, request.limit)
    items = [contract.Access.of(each, call.profile.centre.zone) for each in rows]
    return Page(items=items, next_cursor=next_cursor)
