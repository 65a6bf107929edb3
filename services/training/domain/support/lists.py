"""What the columns of lists are called, which words stand in them, and how a cell is read.

The names are msgids: a file may have them as they are, or as the centre's people read them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.chassis.i18n import msgid as _


class ImportKind(StrEnum):
    COMMUNITIES = "communities"
    ASSETS = "assets"
    MEMBERS = "members"


COLUMNS: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.COMMUNITIES: (
        _("name"),
        _("area"),
        _("field"),
        _("members"),
        _("founded_on"),
    ),
    ImportKind.ASSETS: (
        _("kind"),
        _("name"),
        _("area"),
        _("field"),
        _("description"),
        _("source"),
        _("consent"),
        _("consented_on"),
    ),
    ImportKind.MEMBERS: (_("name"), _("side"), _("field"), _("area"), _("joined_on")),
}
REQUIRED: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.COMMUNITIES: ("name",),
    ImportKind.ASSETS: ("kind", "name", "source", "consent"),
    ImportKind.MEMBERS: ("name", "side"),
}
WORDS = (
    _("social_economy"),
    _("village_community"),
    _("both"),
    _("organisation"),
    _("person"),
    _("place"),
    _("programme"),
    _("given"),
    _("not_needed"),
    _("public"),
    _("private"),
)
"""Those of a file that are the same in every language but read differently."""
IN_WORDS = frozenset({"field", "kind", "consent", "side"})
IN_NUMBERS = frozenset({"members"})
IN_DAYS = frozenset({"founded_on", "consented_on", "joined_on"})

_DAY = re.compile(r"(\d{4})[./-] ?(\d{1,2})[./-] ?(\d{1,2})\.?")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Fault:
    """Fault of a file. row: as a spreadsheet counts, its header is 1. column: as the file calls it, empty if the fault
    is of the whole row. details: for the places of the message, which is a msgid.
    """

    row: int
    column: str
    message: str
    details: Mapping[str, object] = field(default_factory=dict)


def read_cell(column: str, cell: Any, codes: Mapping[str, str]) -> Any:
    """What a schema can load: a cell that is not what its column wants stays as it is, and the schema says so. codes:
    by how they read.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if column in IN_NUMBERS:
        return int(cell) if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()) else cell
    text = str(cell).strip()
    if column in IN_WORDS:
        return codes.get(text, text)
    if column in IN_DAYS and (found := _DAY.fullmatch(text)):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return text
