"""Parts of answers that all services share."""

from __future__ import annotations

from typing import Annotated

from services.chassis.contract import Answer, Doc
from services.chassis.fields import Json


class Refusal(Answer):
    """Reason why a rule refuses something. details: values that fill the message and tell programs more."""

    code: Annotated[str, Doc("Stable; programs decide by it", {"examples": ["slot_taken"]})]
    message: Annotated[str, Doc("In the caller's language", {"examples": ["이미 다른 분이 신청한 시간입니다."]})]
    details: Json
