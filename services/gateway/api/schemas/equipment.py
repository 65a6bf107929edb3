"""Equipment that is wanted: how many of each kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Count, Id, said

MOST_PIECES, MOST_KINDS = 10_000, 50
LISTED = r"^[!-+\--9;-~가-힣]{1,100}:[0-9]{1,5}(,[!-+\--9;-~가-힣]{1,100}:[0-9]{1,5}){0,49}$"


class Quantities(fields.Dict):
    """An object: quantity by id."""

    def __init__(self, **options: Any) -> None:
        metadata = {"maxProperties": MOST_KINDS, "examples": [{"projector": 1}], **options.pop("metadata", {})}
        super().__init__(keys=Id(), values=Count(least=1, most=MOST_PIECES), metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, int]:
        if isinstance(value, Mapping) and len(value) > MOST_KINDS:
            raise ValidationError(said(_("At most %(most)d."), most=MOST_KINDS))
        quantities: dict[str, int] = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        return quantities


class QuantityList(fields.String):
    """The same in a query: `projector:2,microphone:1`. Loads as quantity by id."""

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
