"""Fields that offers read of events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import EXCLUDE, Schema, post_load

from services.chassis.fields import Identifier


@dataclass(frozen=True)
class VacatedUnit:
    unit_id: str


@dataclass(frozen=True)
class WithdrawnApplication:
    application_id: str


class VacatedUnitSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    unit_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> VacatedUnit:
        return VacatedUnit(**data)


class WithdrawnApplicationSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    application_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> WithdrawnApplication:
        return WithdrawnApplication(**data)
