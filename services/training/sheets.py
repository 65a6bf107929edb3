"""Lists as CSV and XLSX files, out and in.

No text of a list becomes a formula where the file is opened: what begins like one is written after an apostrophe, which
is taken off again when the file is read. CSV is UTF-8 with the mark that Excel needs; read, it may be CP949, too, as
Korean Excel saves it. What is no such file raises Unreadable, what is too much of one TooMuch. Limits: MOST_UNPACKED,
MOST_ROWS, MOST_COLUMNS. openpyxl is imported where it is needed: it is large.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

MOST_UNPACKED = 20 * 1024 * 1024
"""Bytes of an XLSX file, unpacked: a small file may hold very much of nothing."""
MOST_ROWS = 10_001
"""With the header."""
MOST_COLUMNS = 50

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
"""What openpyxl raises for files that are not what they say."""

Row = Sequence[Any]


class Unreadable(Exception):
    """This is no CSV or XLSX file."""


class TooMuch(Unreadable):
    """This is more than MOST_UNPACKED, MOST_ROWS or MOST_COLUMNS."""


def guarded(value: Any) -> Any:
    """A cell's value as it is written: never a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def csv_of(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(each) for each in header])
    writer.writerows([_plain(guarded(each)) for each in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(sheets: Iterable[tuple[str, Sequence[str], Iterable[Row]]]) -> bytes:
    """A sheet for each (title, header, rows)."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, header, rows in sheets:
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_bold(sheet, each) for each in header])
        for row in rows:
            sheet.append([_cell(sheet, each) for each in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read_csv(content: bytes) -> list[Row]:
    """Every row with its cells as text. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp949")
        except UnicodeDecodeError as error:
            raise Unreadable("neither UTF-8 nor CP949") from error
    try:
        return list(_bounded(csv.reader(io.StringIO(text, newline=""), strict=True)))
    except csv.Error as error:
        raise Unreadable(str(error)) from error


def read_xlsx(content: bytes) -> list[Row]:
    """Every row of the first sheet, its cells text, numbers or times; None for an empty one. Raises Unreadable."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise TooMuch("too large when unpacked")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return list(_bounded(sheet.iter_rows(values_only=True)))
    except (*_BROKEN, InvalidFileException) as error:
        raise Unreadable(str(error)) from error


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS or len(row) > MOST_COLUMNS:
            raise TooMuch(f"more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")
        yield row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime):
        value = value.isoformat()  # a sheet's times have no zone
    cell = WriteOnlyCell(sheet, value=guarded(value))
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _bold(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=guarded(text))
    cell.font = Font(bold=True)
    return cell
