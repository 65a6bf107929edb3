"""An installation in which calls for tenants go from the notice to the keys, brought to any stage over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import requests

from tests.service.recruitment.files import PDF
from tests.service.recruitment.letting import points
from tests.service.recruitment.selecting import content
from tests.system.embedded import Embedded

DAY = timedelta(days=1)
JUDGES = {"taeyang": "정태양", "judge-2": "한가람", "judge-3": "오세진"}
OURS = {"sora": "haneul-coop", "junho": "happy-village"}
"""Who of the development login applies for which organisation."""


class April:
    """now: of the centre's clock, which only goes on."""

    def __init__(self, embedded: Embedded) -> None:
        self.embedded = embedded
        self.now = datetime.fromisoformat("2020-04-06T09:00:00+09:00")
        self.staff = embedded.session("jiwoo", "staff")
        self._applicants = 0

    def ask(self, who: requests.Session, method: str, path: str, body: Any = None) -> Any:
        answer = who.request(method, f"{self.embedded.url}{path}", json=body, timeout=120)
        assert answer.ok, f"{method} {path}: {answer.text}"
        return answer.json()

    def move(self, to: datetime) -> None:
        self.now = max(self.now, to)
        self.ask(requests.Session(), "POST", "/dev/clock", {"now": self.now.isoformat()})

    def member(self, organisation: str, person: str = "") -> requests.Session:
        return self.embedded.session(person or f"person-{organisation}", "member", orgs=(organisation,))

    def judge(self, judge_id: str) -> requests.Session:
        return self.embedded.session(judge_id, "judge")

    def calendar(self) -> dict[str, str]:
        """Of a call whose intake has opened just now; a step every other day."""
        at = [(self.now + number * DAY).replace(hour=10, minute=0) for number in range(0, 40, 2)]
        return {
            "notice_on": f"{self.now:%Y-%m-%d}",
            "intake_opens_at": self.now.isoformat(),
            "intake_closes_at": at[1].replace(hour=18).isoformat(),
            "screening_on": f"{at[2]:%Y-%m-%d}",
            "interviews_start": at[3].isoformat(),
            "interviews_end": at[3].replace(hour=18).isoformat(),
            "result_on": f"{at[4]:%Y-%m-%d}",
            "contract_by": f"{at[9]:%Y-%m-%d}",
            "move_in_on": f"{at[11]:%Y-%m-%d}",
        }

    def drawn_up(
        self, title: str, units: Sequence[str], documents: Sequence[str] = ("business_plan",)
    ) -> dict[str, Any]:
        summary = "사회적경제 기업의 새 보금자리를 찾습니다."
        given = {"title": title, "summary": summary, "unit_ids": list(units), "documents": list(documents)}
        return self.ask(self.staff, "POST", "/calls", {**given, **self.calendar()})

    def published(
        self, title: str, units: Sequence[str], documents: Sequence[str] = ("business_plan",)
    ) -> dict[str, Any]:
        call = self.drawn_up(title, units, documents)
        return self.ask(self.staff, "POST", f"/calls/{call['id']}/publish")

    def drafted(self, call: dict[str, Any], organisation: str, name: str, person: str = "") -> str:
        self._applicants += 1
        said = content(self._applicants, organisation_name=name)
        body = {"organisation_id": organisation, "kind": "office", **said}
        who = self.member(organisation, person)
        return str(self.ask(who, "POST", f"/calls/{call['id']}/applications", body)["id"])

    def submitted(self, call: dict[str, Any], organisation: str, name: str, person: str = "") -> str:
        application_id = self.drafted(call, organisation, name, person)
        who = self.member(organisation, person)
        for each in call["documents"]:
            if each["required"]:
                address = f"{self.embedded.url}/applications/{application_id}/documents/{each['id']}"
                assert who.put(address, params={"name": "사업계획.pdf"}, data=PDF, timeout=120).ok
        self.ask(who, "POST", f"/applications/{application_id}/submit")
        return application_id

    def screened(self, call: dict[str, Any], *applications: str) -> None:
        self.move(datetime.fromisoformat(call["intake_closes_at"]) + timedelta(hours=1))
        for each in applications:
            self.ask(self.staff, "POST", f"/applications/{each}/screening", {"points": 80})

    def judged_by(self, call: dict[str, Any], judges: Sequence[str] = tuple(JUDGES)) -> None:
        named = [{"id": each, "name": JUDGES[each]} for each in judges]
        self.ask(self.staff, "PUT", f"/calls/{call['id']}/judges", {"judges": named})
        self.move(datetime.fromisoformat(call["interviews_start"]) + timedelta(hours=1))

    def scored(self, application_id: str, total: float, judges: Sequence[str] = tuple(JUDGES)) -> None:
        for each in judges:
            self.ask(self.judge(each), "PUT", f"/applications/{application_id}/scores", {"scores": points(total)})

    def results(self, call: dict[str, Any]) -> None:
        self.ask(self.staff, "POST", f"/calls/{call['id']}/ranking")
        self.move(datetime.fromisoformat(f"{call['result_on']}T15:00:00+09:00"))
        self.ask(self.staff, "POST", f"/calls/{call['id']}/results")

    def stages(self) -> dict[str, str]:
        """Ids of calls and applications, one at every stage there is."""
        over = self.published("2020년 상반기 입주기업 모집", ["office-1"])
        won = self.submitted(over, "haneul-coop", "하늘협동조합", "sora")
        second = self.submitted(over, "green", "청라 푸른손 사회적협동조합")
        self.screened(over, won, second)
        self.judged_by(over)
        self.scored(won, 88.5)
        self.scored(second, 81)
        self.results(over)
        who = self.member("haneul-coop", "sora")
        offer = self.ask(who, "GET", "/offers")["items"][0]
        tenancy = self.ask(who, "POST", f"/offers/{offer['id']}/accept")["tenancy_id"]
        self.ask(who, "POST", f"/tenancies/{tenancy}/sign")

        judging = self.published("2020년 추가 모집", ["office-2"])
        judged = self.submitted(judging, "haneul-coop", "하늘협동조합", "sora")
        scored = self.submitted(judging, "green", "청라 푸른손 사회적협동조합")
        self.screened(judging, judged, scored)
        self.judged_by(judging)
        self.scored(scored, 75, ["taeyang", "judge-2"])

        screening = self.published("2020년 하반기 입주기업 모집", ["office-3"])
        submitted = self.submitted(screening, "root", "루원 이야기")
        self.move(datetime.fromisoformat(screening["intake_closes_at"]) + timedelta(hours=1))

        open_call = self.published("공유좌석과 사무실 모집", ["office-4", "office-5", "seat-1"])
        return {
            "over": over["id"],
            "won": won,
            "tenancy": tenancy,
            "judging": judging["id"],
            "judged": judged,
            "scored": scored,
            "screening": screening["id"],
            "submitted": submitted,
            "open": open_call["id"],
            "drafted": self.drafted(open_call, "haneul-coop", "하늘협동조합", "sora"),
            "draft": self.drawn_up("내년 모집 초안", ["office-6"])["id"],
        }
