"""Contract of a tenancy as a PDF. It is in Korean, the language in which it is signed."""

from __future__ import annotations

from datetime import date

from services.centre.paper import FAMILY, sheet
from services.recruitment.contract.vocabulary import LegalType, UnitKind
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Tenancy

LINE = 7.0
LABEL = 38.0
"""Millimetres."""


def contract_pdf(tenancy: Tenancy, rules: RecruitmentRules) -> bytes:
    """Return a PDF, the same to the byte for the same tenancy. Before the signature it says that it is unsigned."""
    centre = rules.centre.names["ko"]
    paper = sheet(
        f"입주 계약서 {tenancy.contract_number}",
        author=centre,
        language="ko",
        made_at=tenancy.signed_at or tenancy.created_at,
    )
    paper.set_font(FAMILY, "B", 20)
    paper.cell(w=0, h=14, text="입주 계약서", align="C", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(FAMILY, size=11)
    paper.ln(4)
    for label, text in _terms(tenancy, rules):
        paper.set_font(FAMILY, "B", 11)
        paper.cell(w=LABEL, h=LINE, text=label)
        paper.set_font(FAMILY, size=11)
        paper.multi_cell(w=0, h=LINE, text=text, new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)
    for number, clause in enumerate(_clauses(rules), start=1):
        paper.multi_cell(w=0, h=LINE, text=f"제{number}조 {clause}", new_x="LMARGIN", new_y="NEXT")
    paper.ln(6)
    for text in _signatures(tenancy, rules):
        paper.multi_cell(w=0, h=LINE, text=text, new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def _terms(tenancy: Tenancy, rules: RecruitmentRules) -> list[tuple[str, str]]:
    unit, terms = rules.unit(tenancy.unit_id), rules.tenancy
    monthly = int(unit.area * terms.maintenance_per_m2)
    return [
        ("계약 번호", tenancy.contract_number),
        ("임대인", rules.centre.names["ko"]),
        ("입주기업", f"{tenancy.organisation_name} ({LegalType(tenancy.legal_type).ko})"),
        ("입주 공간", f"{unit.names['ko']} ({UnitKind(tenancy.kind).ko}, {unit.area}㎡)"),
        ("계약 기간", f"{_day(tenancy.starts_on)}부터 {_day(tenancy.ends_on)}까지"),
        ("연 사용료", _won(tenancy.rent)),
        ("보증금", _won(tenancy.deposit)),
        ("월 관리비", f"{_won(monthly)} (1㎡당 {_won(int(terms.maintenance_per_m2))})"),
    ]


def _clauses(rules: RecruitmentRules) -> list[str]:
    terms = rules.tenancy
    return [
        f"계약은 심사를 거쳐 한 번 연장할 수 있으며, 전체 기간은 {terms.most_months}개월을 넘지 못합니다. "
        f"연장 심사는 기간이 끝나기 {terms.told_before.days}일 전에 안내하고, "
        f"{terms.review_pass.normalize():f}점 이상이면 연장합니다.",
        f"기간이 끝나기 전에 나가려면 {terms.notice.days}일 전에 알려야 합니다.",
        "나갈 때는 공간을 원래대로 되돌리고 출입카드를 반납하며, 관리비와 사용료를 정산한 뒤 보증금을 돌려받습니다.",
        "입주 공간을 다른 사람에게 빌려주거나 사업 목적 외로 쓸 수 없습니다.",
    ]


def _signatures(tenancy: Tenancy, rules: RecruitmentRules) -> list[str]:
    if tenancy.signed_at is None:
        until = tenancy.sign_by.astimezone(rules.centre.zone)
        return ["서명 전 계약서입니다.", f"서명 기한: {until:%Y-%m-%d %H:%M} 전"]
    signed = tenancy.signed_at.astimezone(rules.centre.zone)
    return [
        f"계약일: {_day(signed.date())}",
        f"임대인: {rules.centre.names['ko']} (인)",
        f"입주기업: {tenancy.organisation_name} (서명: {tenancy.person_name}, {signed:%Y-%m-%d %H:%M})",
    ]


def _day(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


def _won(amount: int) -> str:
    return f"{amount:,}원"
