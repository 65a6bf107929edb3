"""Certificate as a PDF: one A4 page in Korean, with a QR code that leads to its verification."""

from __future__ import annotations

from io import BytesIO

import segno
from fpdf import FPDF, XPos, YPos

from services.centre.paper import FAMILY, sheet
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Certificate

QR_SIDE = 32.0
"""Millimetres."""
WIDTH = 210.0
LABEL = 32.0


def certificate_paper(of: Certificate, rules: TrainingRules) -> bytes:
    """Return the PDF. The same certificate gives the same bytes. A revoked one says so."""
    address = rules.courses.certificates.address_of(of.code or "")
    centre = rules.centre.names["ko"]
    paper = sheet(f"수료증 제{of.number}호", author=centre, language="ko", made_at=of.issued_at)
    _line(paper, f"제 {of.number} 호", size=12, align="L")
    paper.ln(18)
    _line(paper, "수 료 증", size=34, bold=True)
    paper.ln(20)
    for label, text in _facts(of):
        _fact(paper, label, text)
    paper.ln(12)
    paper.set_font(FAMILY, size=14)
    paper.multi_cell(0, 9, "위 사람은 위 교육과정을 성실히 이수하였기에 이 증서를 드립니다.", align="C")
    paper.ln(12)
    issued = of.issued_at.astimezone(rules.centre.zone)
    _line(paper, f"{issued.year}년 {issued.month}월 {issued.day}일", size=13)
    paper.ln(8)
    _line(paper, rules.courses.certificates.signed_by["ko"], size=18, bold=True)
    if of.revoked_at is not None:
        _line(paper, "이 수료증은 취소되었습니다.", size=14, bold=True)
    _verification(paper, of.code or "", address)
    return bytes(paper.output())


def verification_code(address: str) -> bytes:
    """Return the QR code of an address, as PNG."""
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


def _facts(of: Certificate) -> tuple[tuple[str, str], ...]:
    first, last = of.first_day, of.last_day
    days = f"{first:%Y.%m.%d.}" if first == last else f"{first:%Y.%m.%d.} – {last:%Y.%m.%d.}"
    return (
        ("성명", of.person_name),
        ("교육과정", of.title),
        ("교육기간", days),
        ("이수시간", f"{_hours(of.minutes)} (전체 {_hours(of.of_minutes)})"),
    )


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}시간 {rest}분" if rest else f"{hours}시간"


def _line(paper: FPDF, text: str, *, size: int, bold: bool = False, align: str = "C") -> None:
    paper.set_font(FAMILY, "B" if bold else "", size)
    paper.multi_cell(0, size * 0.6, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _fact(paper: FPDF, label: str, text: str) -> None:
    paper.set_font(FAMILY, "B", 13)
    paper.cell(LABEL, 11, label)
    paper.set_font(FAMILY, size=13)
    paper.multi_cell(0, 11, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _verification(paper: FPDF, code: str, address: str) -> None:
    paper.image(BytesIO(verification_code(address)), x=(WIDTH - QR_SIDE) / 2, y=232, w=QR_SIDE)
    paper.set_y(266)
    paper.set_font(FAMILY, size=9)
    paper.cell(0, 5, f"확인 번호 {code}", align="C")
