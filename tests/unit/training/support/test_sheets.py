"""Lists as files: nothing in them becomes a formula, and what is written reads back."""

import contextlib
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.training import sheets

FORMULAS = ["=1+1", "+82", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x","y")']
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_file_begins_like_a_formula(text):
    first = sheets.csv_of(["name"], [[text]]).decode("utf-8-sig").splitlines()[1]
    assert first.lstrip('"').startswith("'")


@pytest.mark.parametrize("text", [each for each in FORMULAS if "\r" not in each and "\t" not in each])
def test_no_text_of_an_xlsx_file_is_a_formula(text):
    book = load_workbook(io.BytesIO(sheets.xlsx_of([("list", ["name"], [[text]])])))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{text}")


def test_numbers_and_days_stay_what_they_are():
    book = load_workbook(io.BytesIO(sheets.xlsx_of([("list", ["a", "b"], [[-5, date(2020, 3, 1)]])])))
    assert book.active["A2"].value == -5
    assert book.active["B2"].value.date() == date(2020, 3, 1)
    assert sheets.csv_of(["a", "b"], [[-5, date(2020, 3, 1)]]).decode("utf-8-sig") == "a,b\r\n-5,2020-03-01\r\n"


@given(st.lists(TEXTS, min_size=1, max_size=30))
@settings(max_examples=25)
def test_what_is_written_reads_back(texts):
    for written in (
        sheets.read_csv(sheets.csv_of(["name"], [[each] for each in texts])),
        sheets.read_xlsx(sheets.xlsx_of([("list", ["name"], [[each] for each in texts])])),
    ):
        assert [sheets.unguarded(row[0]) for row in written[1:]] == texts


def test_csv_of_korean_excel_is_read():
    assert sheets.read_csv("이름,지역\r\n꽃마을,석남동\r\n".encode("cp949")) == [["이름", "지역"], ["꽃마을", "석남동"]]


def workbook(sheet: str, *, strings: str = "") -> bytes:
    """An XLSX file with this XML for its sheet, and for its table of texts."""
    content = io.BytesIO(sheets.xlsx_of([("list", ["name"], [["꽃마을"]])]))
    changed = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}
    written = io.BytesIO()
    with zipfile.ZipFile(content) as given, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            packed.writestr(name, changed.get(name) or given.read(name))
    return written.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELL = '<c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c>'


def rows(of: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{of}</sheetData></worksheet>"


def bomb(size: int = sheets.MOST_UNPACKED + 1) -> bytes:
    return workbook(rows("0" * size))


def lying_bomb() -> bytes:
    """One that says of itself that it is small."""
    content = bytearray(bomb())
    size = len(rows("0" * (sheets.MOST_UNPACKED + 1))).to_bytes(4, "little")
    return bytes(content.replace(size, (1000).to_bytes(4, "little")))


LAUGHS = "".join(f'<!ENTITY l{each} "{f"&l{each - 1};" * 10}">' for each in range(1, 10))
LAUGHTER = f'<!DOCTYPE t [<!ENTITY l0 "ha">{LAUGHS}]>' + rows(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"no zip", sheets.csv_of(["a"], [["b"]]), lying_bomb(), workbook(LAUGHTER)],
    ids=["empty", "cut", "none", "csv", "lying bomb", "laughter"],
)
def test_what_is_no_xlsx_file_is_unreadable(content):
    with pytest.raises(sheets.Unreadable):
        sheets.read_xlsx(content)


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        workbook(rows(f'<row r="1048576">{CELL.format(column="A", row=1048576)}</row>')),
        workbook(rows(f'<row r="1">{CELL.format(column="XFD", row=1)}</row>')),
    ],
    ids=["bomb", "last row", "last column"],
)
def test_too_much_of_an_xlsx_file_is_refused_before_it_is_read(content):
    with pytest.raises(sheets.TooMuch):
        sheets.read_xlsx(content)


@given(st.binary(max_size=300), st.integers(0, 4000))
@settings(max_examples=50)
def test_a_damaged_xlsx_file_is_read_or_unreadable(damage, place):
    whole = sheets.xlsx_of([("list", ["name"], [["꽃마을"]])])
    with contextlib.suppress(sheets.Unreadable):
        sheets.read_xlsx(whole[:place] + damage + whole[place + len(damage) :])


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b'a,"b\n', "\n".join(["x"] * (sheets.MOST_ROWS + 1)).encode(), b"," * sheets.MOST_COLUMNS],
    ids=["bytes", "open quote", "too many rows", "too many columns"],
)
def test_what_is_no_csv_file_is_unreadable(content):
    with pytest.raises(sheets.Unreadable):
        sheets.read_csv(content)
