"""`Call`: what a use case works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, cast

from sqlalchemy.orm import Session
from typing_extensions import TypeVar

from services.chassis.context import Actor, Context

P = TypeVar("P", default=Any)
R = TypeVar("R", default=Any)


@dataclass(frozen=True)
class Call(Generic[P, R]):
    """The transaction, the context with its actor, the time, and the service's typed profile.

    resources: what the service has beside its database, such as settings (`Service.resources`).
    """

    session: Session
    context: Context
    now: datetime
    profile: P
    resources: R = cast(R, None)

    @property
    def actor(self) -> Actor:
        return self.context.actor
