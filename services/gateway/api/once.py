"""Idempotency keys of the few operations that no service stands behind: the last answers, in this process.

They exist in development mode only, where there is one process.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.gateway import incoming

MOST = 1000

_answers: OrderedDict[tuple[str, str, str], tuple[Mapping[str, Any], Any]] = OrderedDict()


def once(operation: str, asked: Mapping[str, Any], do: Callable[[], Any]) -> Any:
    """Raises Invalid when the key was used with another request."""
    context = incoming.context()
    if not context.idempotency_key:
        return do()
    key = (context.actor.id, operation, context.idempotency_key)
    if key in _answers:
        before, answer = _answers[key]
        if before != asked:
            raise Invalid(_("This idempotency key was used with another request."))
        return answer
    answer = do()
    _answers[key] = asked, answer
    while len(_answers) > MOST:
        _answers.popitem(last=False)
    return answer
