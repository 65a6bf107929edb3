"""The messages as people get them: `messages/<template>.<case>.txt`.

After a deliberate change of a template: `python -m tests.unit.notify.golden`, and read what it wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from services.notify import rendering
from services.notify.domain.language import Language, day_in_words
from services.notify.domain.news import Kind, News
from services.notify.domain.rules import DIGEST, NOTICE, RULES
from services.notify.rendering import TemplateId

MESSAGES = Path(__file__).parent / "messages"
SEOUL = ZoneInfo("Asia/Seoul")
SENDERS = {Language.KO: "서구 사회적경제마을지원센터", Language.EN: "Seo-gu Community Support Centre"}
SHIPPED = rendering.installed()
KINDS = {rule.template: rule.kind for rule in RULES}
WRITTEN = {
    "full": {"title": "봄맞이 대청소", "text": "토요일 10시에 마당에서 만납니다.\n\n장갑을 가져와 주세요."},
    "bare": {"title": "봄맞이 대청소", "text": "토요일 10시에 마당에서 만납니다."},
}
LINE = "- 3월 2일 (월) 10:00–12:00 · 교육장 1 · 마을 모임"


def of_no_rule(key: str, case: str, language: Language) -> Mapping[str, str]:
    """The words of what notify tells by itself."""
    if key == DIGEST:
        return {"lines": LINE, "reason": "코로나19 확산 방지" if case == "full" else "", "count": "1"}
    if key == NOTICE:
        return WRITTEN[case]
    days = {"consented_on": date(2020, 3, 10), "lapses_on": date(2022, 3, 10)}
    return {name: day_in_words(day, language) for name, day in days.items()}


def news(kind: Kind, case: str = "full") -> News:
    """full: with everything that such an event may have; bare: with nothing that it may lack."""
    needed = {name for name, field in kind.fields.items() if field.required}
    known = {name: value for name, value in kind.example.items() if case == "full" or name in needed}
    return kind.schema().load(known or dict(list(kind.example.items())[:1]))


@dataclass(frozen=True)
class Case:
    template: TemplateId
    name: str

    @property
    def file(self) -> Path:
        return MESSAGES / f"{self.template}.{self.name}.txt"

    def __str__(self) -> str:
        return f"{self.template}.{self.name}"

    def text(self) -> str:
        language = self.template.language
        told = KINDS.get(self.template.key)
        words = {
            **(
                news(told, self.name).words(language, SEOUL)
                if told
                else of_no_rule(self.template.key, self.name, language)
            ),
            "name": "홍길동" if self.name == "full" else "",
            "sender": SENDERS[language],
        }
        text = SHIPPED.render(self.template, words)
        return f"{text.subject}\n\n{text.body}"


CASES = [Case(template, name) for template in SHIPPED.wordings for name in ("full", "bare")]


if __name__ == "__main__":
    for case in CASES:
        case.file.write_text(case.text(), encoding="utf-8")
