"""Lists and the yearly report as people read them: in their language, on the page and in files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.centre.vocabulary import Field
from services.chassis.i18n import translate
from services.training import sheets
from services.training.domain.rules import TrainingRules
from services.training.domain.support.lists import COLUMNS, IN_WORDS, WORDS
from services.training.domain.support.yearly import CHARTED, Measure, Rated, YearlyReport
from services.training.queries.support.lists import Table
from services.training.schemas.support.lists import ExportList, FileFormat
from services.training.usecases.support.import_list import Imported

PACKAGE = "services.training"
LANGUAGES = ("ko", "en")
FIELDS = (Field.SOCIAL_ECONOMY, Field.VILLAGE_COMMUNITY, Field.BOTH)


def label(name: str, locale: str) -> str:
    return translate(PACKAGE, locale, name, {})


def heading(name: str, locale: str) -> str:
    """What has no words of its own in this language is read as its code is."""
    shown = label(name, locale)
    return name.replace("_", " ").capitalize() if shown == name else shown


def words() -> dict[str, str]:
    """Column names and codes by how they read, in all languages."""
    names = {*WORDS, *(name for columns in COLUMNS.values() for name in columns)}
    return {label(name, locale): name for locale in LANGUAGES for name in sorted(names)}


def imported(of: Imported, locale: str) -> dict[str, Any]:
    return {
        "kind": of.command.kind,
        "dry_run": of.command.dry_run,
        "rows": of.rows,
        "created": of.created,
        "faults": [
            {"row": each.row, "column": each.column, "message": translate(PACKAGE, locale, each.message, each.details)}
            for each in of.faults
        ],
    }


def list_file(asked: ExportList, table: Table, locale: str, rules: TrainingRules) -> dict[str, Any]:
    header = [label(name, locale) for name in table.columns]
    rows = [
        [_shown(name, value, locale, rules) for name, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    if asked.format is FileFormat.CSV:
        content = sheets.csv_of(header, rows)
    else:
        content = sheets.xlsx_of([(asked.kind, header, rows)])
    return {"name": f"{asked.kind}.{asked.format}", "content": content}


def yearly(of: YearlyReport, locale: str, rules: TrainingRules) -> dict[str, Any]:
    measures = [_measure(each, locale) for each in of.measures]
    by_name = {each["name"]: each for each in measures}
    return {
        "year": of.year,
        "zone": rules.centre.zone.key,
        "measures": measures,
        "topics": [_rated(each) for each in of.topics],
        "courses": [_rated(each) for each in of.courses],
        "chart": {
            "labels": [by_name[name]["label"] for name in CHARTED],
            "series": [
                {"field": field, "label": heading(field, locale), "values": [by_name[name][field] for name in CHARTED]}
                for field in FIELDS
            ],
        },
    }


def yearly_file(of: YearlyReport, locale: str, rules: TrainingRules) -> dict[str, Any]:
    shown = yearly(of, locale, rules)
    fields = [*FIELDS, "total"]
    header = [str(of.year), *(heading(each, locale) for each in fields)]
    rated = [heading(each, locale) for each in ("name", "number", "answers", "mean")]
    content = sheets.xlsx_of(
        [
            (str(of.year), header, [[each["label"], *(each[name] for name in fields)] for each in shown["measures"]]),
            (
                heading("consultations", locale),
                rated,
                [_line(heading(each["name"], locale), each) for each in shown["topics"]],
            ),
            (heading("surveys", locale), rated, [_line(each["name"], each) for each in shown["courses"]]),
        ]
    )
    return {"name": f"yearly-{of.year}.xlsx", "content": content}


def _shown(name: str, value: Any, locale: str, rules: TrainingRules) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(rules.centre.zone).isoformat(timespec="minutes")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return label(value, locale) if name in IN_WORDS and isinstance(value, str) else value


def _measure(of: Measure, locale: str) -> dict[str, Any]:
    return {
        "name": of.name,
        "label": heading(of.name, locale),
        **{field: _number(of.by_field[field]) for field in FIELDS},
        "total": _number(of.total),
    }


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _rated(of: Rated) -> dict[str, Any]:
    return {"name": of.name, "number": of.number, "answers": of.answers, "mean": str(of.mean) if of.mean else None}


def _line(name: str, rated: dict[str, Any]) -> list[Any]:
    return [name, rated["number"], rated["answers"], rated["mean"] or ""]
