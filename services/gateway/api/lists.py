"""Lists in and out as files, and the yearly report."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import Response

from services.chassis.errors import NotFound
from services.gateway.api.operations import Blueprint, Text
from services.gateway.api.schemas import lists as schemas
from services.gateway.rpc import ask

lists = Blueprint("lists", __name__, description="Lists in and out as CSV and XLSX, and the yearly report")

SHEET = Text("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET.content_type}


@lists.operation("POST", "/imports/<id:kind>", body=schemas.NewImport, answer=schemas.Imported, refuses=(403, 404))
def import_list(kind: str, body: Mapping[str, Any]) -> Any:
    """Take over a list of communities, assets or network members. For staff.

    The first row names the columns, in Korean or English. A dry run names every row that is wrong; without one such a
    file is refused as a whole.
    """
    if kind not in schemas.IMPORTS:
        raise NotFound
    return ask("training", "import_list", {"kind": kind, **body})


@lists.operation("GET", "/exports/<id:kind>", query=schemas.ExportQuery, answer=Text("text/csv"), refuses=(403, 404))
def export_list(kind: str, query: Mapping[str, Any]) -> Any:
    """Give a list as a file, CSV or XLSX. No text in it becomes a formula. For staff and auditors."""
    if kind not in schemas.EXPORTS:
        raise NotFound
    return _file(ask("training", "export_list", {"kind": kind, **query}))


@lists.operation("GET", "/statistics/yearly", query=schemas.ShowYear, answer=schemas.YearlyReport, refuses=(403,))
def get_yearly_report(query: Mapping[str, Any]) -> Any:
    """Count what the centre did in a year, its two fields side by side. For staff and auditors."""
    return ask("training", "get_yearly_report", query)


@lists.operation("GET", "/statistics/yearly.xlsx", query=schemas.ShowYear, answer=SHEET, refuses=(403,))
def get_yearly_file(query: Mapping[str, Any]) -> Any:
    """Give the yearly report as a file. For staff and auditors."""
    return _file(ask("training", "get_yearly_file", query))


def _file(told: Mapping[str, str]) -> Response:
    answered = Response(base64.b64decode(told["content"]))
    answered.headers["Content-Type"] = CONTENT_TYPES[told["name"].rpartition(".")[2]]
    answered.headers["Content-Disposition"] = f'attachment; filename="{told["name"]}"'
    answered.headers["Cache-Control"] = "private, no-store"
    return answered
