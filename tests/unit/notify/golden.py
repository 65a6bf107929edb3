"""The messages as people get them: `<template>.<case>.golden.txt` beside the templates.

After a deliberate change of a template: `python -m tests.unit.notify.golden`, and read what it wrote.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from services.notify import rendering
from services.notify.domain.language import Language
from services.notify.domain.message import Channel
from services.notify.domain.news import BookingNews
from services.notify.domain.rules import RULES
from services.notify.rendering import TemplateId

BESIDE = Path(rendering.__file__).parent / "templates"
SEOUL = ZoneInfo("Asia/Seoul")
SENDERS = {Language.KO: "서구 사회적경제마을지원센터", Language.EN: "Seo-gu Community Support Centre"}

BOOKING = BookingNews(
    requester_id="resident-1",
    space_names={"ko": "교육장 1", "en": "Classroom 1"},
    title="마을 잔치 준비 모임",
    start=datetime(2020, 3, 20, 10, tzinfo=SEOUL),
    end=datetime(2020, 3, 20, 12, tzinfo=SEOUL),
    reason_code=None,
    note=None,
)
REJECTED = replace(BOOKING, reason_code="unsuitable_space", note="음악 모임은\n다목적홀을 신청해 주세요.")


@dataclass(frozen=True)
class Case:
    """full: with everything that an event may have; bare: with nothing that it may lack."""

    template: TemplateId
    name: str

    @property
    def file(self) -> Path:
        return BESIDE / f"{self.template}.{self.name}.golden.txt"

    def __str__(self) -> str:
        return f"{self.template}.{self.name}"

    def text(self) -> str:
        full = self.name == "full"
        news = REJECTED if full and self.template.key == "booking_rejected" else BOOKING
        words = {
            **news.words(self.template.language, SEOUL),
            "name": "홍길동" if full else "",
            "sender": SENDERS[self.template.language],
        }
        text = rendering.installed().render(self.template, words)
        return f"{text.subject}\n\n{text.body}"


CASES = [
    Case(TemplateId(rule.template, Channel.EMAIL, language), name)
    for rule in RULES
    for language in Language
    for name in ("full", "bare")
]


if __name__ == "__main__":
    for case in CASES:
        case.file.write_text(case.text(), encoding="utf-8")
