"""Where a list goes on.

The cursor of a service is what its query compares with: a made-up one would not be refused by it, but lead to some page
or to none. Over HTTP each has a sum of itself and of its list behind it: only what this list has given is taken.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _

CURSOR, NEXT = "cursor", "next_cursor"


def paged(view: Callable[..., Any], of: str) -> Callable[..., Any]:
    """of: which list it is. Raises Invalid."""

    @functools.wraps(view)
    def paged(query: Mapping[str, Any], **arguments: Any) -> Any:
        if CURSOR in query:
            query = {**query, CURSOR: _opened(query[CURSOR], of)}
        answer = view(query=query, **arguments)
        return {**answer, NEXT: answer[NEXT] and _sealed(answer[NEXT], of)}

    return paged


def _sealed(cursor: str, of: str) -> str:
    return f"{cursor}.{hashlib.sha256(f'{of} {cursor}'.encode()).hexdigest()[:8]}"


def _opened(given: str, of: str) -> str:
    cursor = given.rpartition(".")[0]
    if not cursor or given != _sealed(cursor, of):
        raise Invalid(errors={CURSOR: [_("Give the next_cursor of the page before.")]})
    return cursor
