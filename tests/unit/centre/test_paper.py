from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from services.centre.paper import FAMILY, sheet

NOW = datetime(2020, 6, 1, tzinfo=UTC)


def written() -> bytes:
    paper = sheet("입주 계약서", author="서구 센터", language="ko", made_at=NOW)
    paper.set_font(FAMILY, "B", 20)
    paper.cell(text="입주 계약서 No. 2020-1")
    return bytes(paper.output())


def test_korean_on_paper_reads_back():
    read = PdfReader(BytesIO(written()))
    assert read.pages[0].extract_text() == "입주 계약서 No. 2020-1"
    assert read.metadata.title == "입주 계약서"


def test_same_paper_made_again_is_the_same_to_the_byte():
    assert written() == written()
