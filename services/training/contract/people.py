"""People in answers about courses."""

from __future__ import annotations

from services.chassis.contract import Answer


class Person(Answer):
    id: str
    name: str
