"""What templates are tried and previewed with: words as the events bring them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from services.notify.domain.language import Language
from services.notify.domain.rules import CONSENT_LAPSING, DIGEST, NOTICE, RULES

KINDS = {rule.template: rule.kind for rule in RULES}
NAMES = {Language.KO: "홍길동", Language.EN: "Hong Gil-dong"}
_WRITTEN: Mapping[str, Mapping[Language, Mapping[str, str]]] = {
    DIGEST: {
        Language.KO: {
            "count": "1",
            "reason": "시설 점검",
            "lines": "- 3월 2일 (월) 10:00–12:00 · 교육장 1 · 마을 모임",
        },
        Language.EN: {"count": "1", "reason": "Repairs", "lines": "- Mon 2 March, 10:00–12:00 · Classroom 1 · Meeting"},
    },
    CONSENT_LAPSING: {
        Language.KO: {"consented_on": "2020년 3월 10일 (화)", "lapses_on": "2022년 3월 10일 (목)"},
        Language.EN: {"consented_on": "Tue 10 March 2020", "lapses_on": "Thu 10 March 2022"},
    },
    NOTICE: {
        Language.KO: {"title": "봄맞이 대청소", "text": "토요일 10시에 마당에서 만납니다."},
        Language.EN: {"title": "Spring cleaning", "text": "We meet in the yard on Saturday at 10."},
    },
}


def words(key: str, names: Iterable[str], language: Language, zone: ZoneInfo) -> Mapping[str, str]:
    """Of a key that is not shipped nothing is known but the names: each stands for itself."""
    if key in _WRITTEN:
        return _WRITTEN[key][language]
    if key in KINDS:
        kind = KINDS[key]
        return kind.schema().load(kind.example).words(language, zone)  # type: ignore[no-any-return]
    return {name: f"‹{name}›" for name in names}
