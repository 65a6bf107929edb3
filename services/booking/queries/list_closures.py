"""The list of closures."""

from __future__ import annotations

from services.booking.contract import closures as contract
from services.booking.queries.answers import BookingCall, closure_answer
from services.booking.queries.closures import find_closures


def list_closures(call: BookingCall, request: contract.ListClosures) -> contract.ClosureList:
    rows = find_closures(call.session, call.now, past=request.past)
    return contract.ClosureList(items=[closure_answer(call, each) for each in rows])
