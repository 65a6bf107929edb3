"""Lists as files: what is taken and given. Files travel in base64."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields

from services.training.domain.support.lists import ImportKind
from services.training.schemas.support import bases
from services.training.schemas.support.bases import Loads

MOST_BYTES = 700_000


class FileFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


class ExportKind(StrEnum):
    COMMUNITIES = "communities"
    ASSETS = "assets"
    MEMBERS = "members"
    ACTIVISTS = "activists"
    CONSULTANTS = "consultants"
    CONSULTATIONS = "consultations"
    CONSULTATION_LOGS = "consultation_logs"
    OPPORTUNITIES = "opportunities"
    INTRODUCTIONS = "introductions"
    PROGRAMMES = "programmes"
    SUPPORTS = "supports"
    VISITS = "visits"
    VOICES = "voices"
    FINDINGS = "findings"
    DEEDS = "deeds"
    MEETINGS = "meetings"
    ACTIONS = "actions"
    SURVEYS = "surveys"
    SURVEY_RESULTS = "survey_results"
    MILESTONES = "milestones"
    COURSES = "courses"
    COURSE_SESSIONS = "course_sessions"
    ENROLMENTS = "enrolments"
    CERTIFICATES = "certificates"
    ATTENDANCE = "attendance"
    REFUNDS = "refunds"


@dataclass(frozen=True)
class ImportList:
    """dry_run: only say what is wrong with it."""

    kind: ImportKind
    format: FileFormat
    content: bytes
    dry_run: bool


@dataclass(frozen=True)
class ExportList:
    kind: ExportKind
    format: FileFormat


class Content(fields.Field[bytes]):
    """A file's bytes in base64."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bytes:
        try:
            content = base64.b64decode(value, validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise ValidationError("Give the file in base64.") from error
        if not 0 < len(content) <= MOST_BYTES:
            raise ValidationError(f"Give a file of 1 to {MOST_BYTES} bytes.")
        return content

    def _serialize(self, value: bytes | None, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return base64.b64encode(value or b"").decode()


class ImportListSchema(Loads):
    made = ImportList
    kind = fields.Enum(ImportKind, by_value=True, required=True)
    format = fields.Enum(FileFormat, by_value=True, required=True)
    content = Content(required=True)
    dry_run = fields.Boolean(load_default=False)


class ExportListSchema(Loads):
    made = ExportList
    kind = fields.Enum(ExportKind, by_value=True, required=True)
    format = fields.Enum(FileFormat, by_value=True, load_default=FileFormat.CSV)


class FaultView(Schema):
    row = bases.number()
    column = bases.text()
    message = bases.text()


class ImportView(Schema):
    """created: 0 in a dry run, and where there are faults."""

    kind = bases.text()
    dry_run = fields.Boolean(required=True)
    rows = bases.number()
    created = bases.number()
    faults = fields.List(fields.Nested(FaultView), required=True)


class FileView(Schema):
    name = bases.text()
    content = Content(required=True)
