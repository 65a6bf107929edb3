"""The `training` section of the profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from services.training.domain.rules import TrainingRules
from services.training.schemas.courses.profile import CoursesSection
from services.training.schemas.support.profile import SupportSection


class TrainingSection(Schema):
    courses = fields.Nested(CoursesSection, required=True)
    support = fields.Nested(SupportSection, required=True)


def build(sections: Mapping[str, Any]) -> TrainingRules:
    section = sections["training"]
    return TrainingRules(centre=sections["centre"], courses=section["courses"], support=section["support"])
