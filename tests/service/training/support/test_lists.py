"""Lists in from files with a dry run, and every list out."""

import base64
import io

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from services.chassis.errors import Forbidden, Invalid
from services.training import sheets
from services.training.models.support.programmes import Community
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.training.support.offices import ACTIVIST, all_of, read


def packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


def csv_file(*rows: str) -> dict:
    return {"format": "csv", "content": packed("\n".join(rows).encode())}


BAD = csv_file(
    "이름,지역,분야,회원 수,설립일",
    "꽃마을,석남동,마을공동체,12,2019. 3. 1.",
    ",석남동,,,",
    "새마을,가정동,체육,많음,2019-13-01",
    "꽃마을,석남동,,,",
    ",,,,",
    "물마을,청라동,village_community,3,2019-03-01",
)
FAULTS = [(3, "이름"), (4, "분야"), (4, "설립일"), (4, "회원 수"), (5, "이름")]


def test_dry_run_names_each_bad_row_and_column_and_writes_nothing(bench_of):
    bench = bench_of("training")
    with bench.acting(STAFF, locale="ko") as rpc:
        found = rpc.training.import_list(kind="communities", dry_run=True, **BAD)
    assert (found["rows"], found["created"]) == (5, 0)
    assert [(each["row"], each["column"]) for each in found["faults"]] == FAULTS
    assert found["faults"][1]["message"] == "다음 중 하나를 골라 주세요: social_economy, village_community, both"
    assert found["faults"][-1]["message"] == "파일에 두 번 있습니다."
    assert read(bench, select(func.count()).select_from(Community)) == [0]


def test_file_with_a_fault_is_refused_as_a_whole(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,), pytest.raises(Invalid) as refused:
        staff.import_list(kind="communities", **BAD)
    told = refused.value.errors["content"]
    assert [(int(row), column) for row, columns in told.items() for column in columns] == FAULTS
    assert read(bench, select(func.count()).select_from(Community)) == [0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_is_taken_over_once(bench_of, kind):
    header = ["name", "side", "field", "joined_on"]
    rows = [["서구청", "공공", "both", "2020-01-02"], ["=마을 협의회", "private", "마을공동체", None]]
    content = sheets.csv_of(header, rows) if kind == "csv" else sheets.xlsx_of([("members", header, rows)])
    file = {"kind": "members", "format": kind, "content": packed(content)}
    with all_of(bench_of("training"), STAFF) as (staff,):
        done = staff.import_list(**file)
        assert (done["rows"], done["created"], done["faults"]) == (2, 2, [])
        assert [(each["name"], each["side"], each["joined_on"]) for each in staff.list_members()["items"]] == [
            ("서구청", "public", "2020-01-02"),
            ("=마을 협의회", "private", "2020-03-10"),
        ]
        again = staff.import_list(dry_run=True, **file)
        assert [(each["row"], each["message"]) for each in again["faults"]] == [
            (2, "This is in the list already."),
            (3, "This is in the list already."),
        ]


def test_person_without_consent_is_a_bad_row(bench_of):
    file = csv_file(
        "kind,name,source,consent,consented_on",
        "사람,홍길동,면담,불필요,",
        "person,김이웃,면담,동의함,",
        "place,빈집,현장,not_needed,",
        "person,박회원,면담,given,2020-03-01",
    )
    with all_of(bench_of("training"), STAFF) as (staff,):
        found = staff.import_list(kind="assets", dry_run=True, **file)
        assert [(each["row"], each["column"]) for each in found["faults"]] == [(2, "consent"), (3, "consent")]


WRONG_HEADERS = {
    "side": [(1, "name")],
    "name,side,colour": [(1, "colour")],
    "name,이름,side": [(1, "이름")],
    "name;side": [(1, "name"), (1, "name;side"), (1, "side")],
}


def test_wrong_header_and_cells_outside_of_it_are_named(bench_of):
    with all_of(bench_of("training"), STAFF) as (staff,):
        for header, faults in WRONG_HEADERS.items():
            found = staff.import_list(kind="members", dry_run=True, **csv_file(header, "서구청,public,x"))
            assert [(each["row"], each["column"]) for each in found["faults"]] == faults
        file = csv_file("name,side,", "서구청,public,", "협의회,private,,비고", "마을회,private,비고")
        found = staff.import_list(kind="members", dry_run=True, **file)
        assert [(each["row"], each["message"]) for each in found["faults"]] == [
            (3, "There is something in a column that has no name."),
            (4, "There is something in a column that has no name."),
        ]


def test_file_that_is_none_is_invalid(bench_of):
    with all_of(bench_of("training"), STAFF) as (staff,):
        for content in ("name,side".encode("utf-16"), b"name,side\n\xff\xfe,public", b"name,side", b'name,"side\n'):
            with pytest.raises(Invalid):
                staff.import_list(kind="members", format="csv", content=packed(content))
        for content in (b"no", b"name,side\nx,public\n", b"PK\x03\x04"):
            with pytest.raises(Invalid):
                staff.import_list(kind="members", format="xlsx", content=packed(content))
        for content in ("", "no base64", packed(b"0" * 700_001)):
            with pytest.raises(Invalid):
                staff.import_list(kind="members", format="csv", content=content)


def test_file_of_korean_excel_is_taken_over_whatever_its_encoding(bench_of):
    """CP949 has syllables that EUC-KR lacks."""
    names = {"utf-8": "뜸부기 빈집", "utf-8-sig": "똠방 빈집", "euc-kr": "가정 빈집", "cp949": "뷁 빈집"}
    with all_of(bench_of("training"), STAFF) as (staff,):
        for encoding, name in names.items():
            rows = (
                "구분,이름,출처,동의,동의일",
                f"장소,{name},현장,불필요,",
                f"사람,{name} 주인,면담,동의함,2020. 3. 1.",
            )
            content = "\r\n".join((*rows, "")).encode(encoding)
            done = staff.import_list(kind="assets", format="csv", content=packed(content))
            assert done["created"] == 2
        found = [(each["kind"], each["name"], each["consented_on"]) for each in staff.list_assets()["items"]]
    places = [("place", name, None) for name in names.values()]
    assert found == [each for place in places for each in (place, ("person", f"{place[1]} 주인", "2020-03-01"))]


def communities(number: int) -> dict:
    return csv_file("name,area", *(f"공동체 {each:05},가정동" for each in range(number)))


def test_10000_rows_are_taken_over_and_one_more_is_too_much(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        with pytest.raises(Invalid) as refused:
            staff.import_list(kind="communities", **communities(10_001))
        assert refused.value.errors == {"content": ["A list has at most 10,000 rows and 50 columns. Divide it."]}
        assert staff.import_list(kind="communities", **communities(10_000))["created"] == 10_000
        again = staff.import_list(kind="communities", dry_run=True, **communities(250))
        assert [each["row"] for each in again["faults"]] == list(range(2, 202))  # the first 200 of them
    assert read(bench, select(func.count()).select_from(Community)) == [10_000]


def test_formula_of_a_workbook_is_no_name(bench_of):
    """It has a value once Excel has reckoned it, and none before."""
    book = Workbook()
    for row in (["name", "side"], ["=1+1", "public"], ["서구청", "public"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    with all_of(bench_of("training"), STAFF) as (staff,):
        found = staff.import_list(kind="members", format="xlsx", dry_run=True, content=packed(content.getvalue()))
        assert [(each["row"], each["column"]) for each in found["faults"]] == [(2, "name")]


def test_lists_are_given_to_staff_and_auditors_and_taken_from_staff(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, AUDITOR, ACTIVIST, RESIDENT) as (staff, auditor, activist, resident):
        for somebody in (staff, auditor):
            assert somebody.export_list(kind="members", format="xlsx")["name"] == "members.xlsx"
        for somebody in (activist, resident):
            with pytest.raises(Forbidden):
                somebody.export_list(kind="members")
        for somebody in (auditor, activist):
            with pytest.raises(Forbidden):
                somebody.import_list(kind="communities", **BAD)


def test_exported_list_can_be_imported_elsewhere(bench_of):
    """In Korean, as staff see it."""
    bench = bench_of("training")
    with bench.acting(STAFF, locale="ko") as rpc:
        rpc.training.import_list(kind="communities", **csv_file("이름,분야", "+꽃마을,사회적경제"))
        file = rpc.training.export_list(kind="communities", format="xlsx")
        found = rpc.training.import_list(kind="communities", dry_run=True, format="xlsx", content=file["content"])
    assert [each["message"] for each in found["faults"]] == ["이미 목록에 있습니다."]
