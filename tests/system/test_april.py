"""The call of April 2020 from its notice to moving in on 1 June: each service its own process, on RabbitMQ and
PostgreSQL, asked over HTTP. The days pass by starting recruitment again with a later clock; what falls due at midnight
falls due while it runs.
"""

import signal
from typing import Any

import pytest
import requests

from tests.service.recruitment.files import PDF
from tests.service.recruitment.letting import points
from tests.service.recruitment.selecting import OFFICES, a_call, content
from tests.system.deployment import Deployment
from tests.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

APPLICANTS = range(1, 14)
JUDGES = [f"judge-{number}" for number in range(1, 6)]
DECLINES, FORGETS, WAITS_FIRST, WAITS_NEXT = 3, 5, 9, 10
"""By rank, which is also the applicants' number. 11 and 12 do not pass; 13 is not shortlisted."""


class April:
    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.staff = deployment.session("staff-1", "staff")
        self.people = {
            number: deployment.session(f"person-{number}", "member", orgs=[f"org-{number}"]) for number in APPLICANTS
        }
        self.judges = {judge: deployment.session(judge, "judge") for judge in JUDGES}
        self.call = ""
        self.ids: dict[int, str] = {}

    def on(self, moment: str) -> None:
        """Recruitment runs on from this moment."""
        for process in self.deployment.of("recruitment"):
            process.send(signal.SIGTERM)
            assert process.popen.wait(PATIENCE) == 0
        self.deployment.start_at(f"{moment}+09:00")
        self.deployment.start("recruitment")

    def ask(self, who: requests.Session, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = who.request(method, f"{self.deployment.url}{path}", json=body, timeout=120)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        return answer.json()

    def offers(self) -> dict[int, dict]:
        """By applicant."""
        found = self.ask(self.staff, "GET", "/offers?limit=100")["items"]
        by_application = {each["application_id"]: each for each in found}
        return {number: by_application[each] for number, each in self.ids.items() if each in by_application}

    def sign(self, number: int) -> dict:
        person, offer = self.people[number], self.offers()[number]
        accepted = self.ask(person, "POST", f"/offers/{offer['id']}/accept")
        return self.ask(person, "POST", f"/tenancies/{accepted['tenancy_id']}/sign")

    def apply(self, number: int) -> str:
        person = self.people[number]
        said = content(number, preferences=OFFICES[number - 1 : number] if number <= 8 else [])
        body = {"organisation_id": f"org-{number}", **said}
        made = self.ask(person, "POST", f"/calls/{self.call}/applications", body, status=201)
        address = f"{self.deployment.url}/applications/{made['id']}/documents/business_plan"
        stored = person.put(address, params={"name": "사업계획.pdf"}, data=PDF, timeout=120)
        assert stored.status_code == 200, stored.text
        self.ask(person, "POST", f"/applications/{made['id']}/submit")
        return made["id"]


def test_from_the_notice_to_moving_in(deployment_of):
    deployment = deployment_of()
    deployment.start("booking", "gateway")
    april = April(deployment)
    published_and_applied(april)
    shortlisted_and_scored(april)
    results_out(april)
    unsigned_expires_at_midnight(april)
    moved_in(april)


def published_and_applied(april: April) -> None:
    april.on("2020-04-01T09:00:00")
    made = april.ask(april.staff, "POST", "/calls", a_call(documents=["business_plan"]), status=201)
    april.call = april.ask(april.staff, "POST", f"/calls/{made['id']}/publish")["id"]
    april.on("2020-04-10T10:00:00")
    april.ids = {number: april.apply(number) for number in APPLICANTS}


def shortlisted_and_scored(april: April) -> None:
    april.on("2020-04-17T10:00:00")
    for number, application_id in april.ids.items():
        april.ask(april.staff, "POST", f"/applications/{application_id}/screening", {"points": 100 - number})
    named = [{"id": judge, "name": judge} for judge in JUDGES]
    april.ask(april.staff, "PUT", f"/calls/{april.call}/judges", {"judges": named})
    shown = april.ask(april.staff, "GET", f"/applications?limit=100&call_id={april.call}")["items"]
    statuses = {each["id"]: each["status"] for each in shown}
    assert [statuses[april.ids[number]] for number in (12, 13)] == ["shortlisted", "not_shortlisted"]

    april.on("2020-04-23T10:00:00")
    recusal = {"ground": "kinship", "reason": "친척입니다."}
    april.ask(april.judges[JUDGES[4]], "POST", f"/applications/{april.ids[1]}/recusals", recusal, status=201)
    for number in range(1, 13):
        total = 95 - number if number <= 10 else 65
        for place, judge in enumerate(JUDGES):
            status = 403 if (number, place) == (1, 4) else 200
            scores = {"scores": points(total - place if place < 2 else total)}
            april.ask(april.judges[judge], "PUT", f"/applications/{april.ids[number]}/scores", scores, status=status)
    ranking = april.ask(april.staff, "POST", f"/calls/{april.call}/ranking")
    assert [(line["application_id"], line["passed"]) for line in ranking["lines"][:10]] == [
        (april.ids[number], True) for number in range(1, 11)
    ]
    assert [line["passed"] for line in ranking["lines"][10:]] == [False, False]
    rebuilt = april.deployment.madang("rankings")
    assert rebuilt.strip().split("\t")[2:] == [ranking["ranking_digest"], "identical"]


def results_out(april: April) -> None:
    april.on("2020-04-28T15:00:00")
    april.ask(april.staff, "POST", f"/calls/{april.call}/results")
    assert {number: each["unit_id"] for number, each in april.offers().items()} == dict(enumerate(OFFICES, start=1))
    own = april.ask(april.people[11], "GET", f"/calls/{april.call}/ranking")["lines"]
    assert [(line["outcome"], line["application_id"]) for line in own if line["own"]] == [
        ("below_pass_mark", april.ids[11])
    ]
    for number in range(1, 9):
        if number == DECLINES:
            april.ask(april.people[number], "POST", f"/offers/{april.offers()[number]['id']}/decline")
        elif number != FORGETS:
            april.sign(number)
    assert april.offers()[WAITS_FIRST]["unit_id"] == OFFICES[DECLINES - 1]
    april.sign(WAITS_FIRST)


def unsigned_expires_at_midnight(april: April) -> None:
    """Nobody does anything: the timer of the running service does."""
    april.on("2020-05-08T23:00:00")
    assert (april.offers()[FORGETS]["status"], WAITS_NEXT in april.offers()) == ("offered", False)
    april.on("2020-05-08T23:59:58")
    wait_until(lambda: WAITS_NEXT in april.offers())
    assert april.offers()[FORGETS]["status"] == "expired"
    assert april.offers()[WAITS_NEXT]["unit_id"] == OFFICES[FORGETS - 1]
    late = april.people[FORGETS].post(
        f"{april.deployment.url}/offers/{april.offers()[FORGETS]['id']}/accept", timeout=60
    )
    assert (late.status_code, late.json()["code"]) == (409, "offer_expired")
    april.sign(WAITS_NEXT)


def moved_in(april: April) -> None:
    april.on("2020-05-31T23:00:00")
    tenants = sorted({*range(1, 9)} - {DECLINES, FORGETS} | {WAITS_FIRST, WAITS_NEXT})

    def units() -> list[tuple[str, str]]:
        shown = requests.get(f"{april.deployment.url}/units", timeout=120).json()["items"]
        return [(unit["id"], unit["status"]) for unit in shown if unit["kind"] == "office"]

    assert units() == [(office, "let") for office in OFFICES]
    april.on("2020-05-31T23:59:58")
    wait_until(lambda: units() == [(office, "occupied") for office in OFFICES])
    # booking has heard of each: every tenant has the monthly allowance from this day on
    wait_until(lambda: len(april.deployment.sql("booking", "SELECT 1 FROM allowances")) == len(tenants))
    allowed = april.deployment.sql("booking", "SELECT organisation_id, from_day FROM allowances")
    assert sorted((org, f"{day}") for org, day in allowed) == sorted((f"org-{each}", "2020-06-01") for each in tenants)
    tenancy = april.ask(april.people[WAITS_NEXT], "GET", "/tenancies")["items"][0]
    assert (tenancy["starts_on"], tenancy["ends_on"], tenancy["status"]) == ("2020-06-01", "2021-05-31", "active")
    contract = april.people[WAITS_NEXT].get(
        f"{april.deployment.url}/tenancies/{tenancy['id']}/contract.pdf", timeout=60
    )
    assert contract.content.startswith(b"%PDF-")
    dead = april.deployment.madang("deadletters", "list")
    assert dead == ""
