"""Quantities of equipment in a query."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Count

MOST_PIECES = 10_000
LISTED = r"^[!-+\--9;-~가-힣]{1,100}:[0-9]{1,5}(,[!-+\--9;-~가-힣]{1,100}:[0-9]{1,5}){0,49}$"


class QuantityList(fields.String):
    """Text such as `projector:2,microphone:1`. Loads as quantities by id."""

    def __init__(self, **options: Any) -> None:
        metadata = {"pattern": LISTED, "examples": ["projector:2,microphone:1"], **options.pop("metadata", {})}
        super().__init__(metadata=metadata, **options)
        self._quantity = Count(least=1, most=MOST_PIECES)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(LISTED[1:-1], text):
            raise ValidationError(_("Write it like projector:2,microphone:1."))
        pairs = [each.rsplit(":", 1) for each in text.split(",")]
        if len({piece for piece, _quantity in pairs}) < len(pairs):
            raise ValidationError(_("Give each of them once."))
        return {piece: self._quantity.deserialize(quantity) for piece, quantity in pairs}
