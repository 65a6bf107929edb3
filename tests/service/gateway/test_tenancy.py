"""From the judges' scores to the keys, over HTTP, in an installation of its own in April 2020."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.service.gateway.conftest import Installation, problem_of
from tests.service.recruitment.letting import INTERVIEWS, RESULT, points
from tests.service.recruitment.selecting import IN_INTAKE, SCREENING, a_call, content

UNITS = ["office-1", "office-2"]


class April:
    """An installation in which three applicants are on the shortlist for two offices."""

    def __init__(self, running: Installation) -> None:
        self.running = running
        self.staff = running.token("staff-1", "staff", name="김담당")
        self.judges = [running.token(f"judge-{number}", "judge") for number in range(1, 4)]
        self.call = self.ok("POST", "/calls", self.staff, a_call(unit_ids=UNITS, documents=[]), status=201)["id"]
        self.ok("POST", f"/calls/{self.call}/publish", self.staff)
        self.people = {
            number: running.token(f"member-{number}", "member", name=f"회원 {number}", orgs=[f"org-{number}"])
            for number in (1, 2, 3)
        }
        self.ids = {number: self.apply(number) for number in self.people}
        self.move(SCREENING)
        for application_id in self.ids.values():
            self.ok("POST", f"/applications/{application_id}/screening", self.staff, {})
        named = [{"id": f"judge-{number}", "name": f"심사위원 {number}"} for number in range(1, 4)]
        self.ok("PUT", f"/calls/{self.call}/judges", self.staff, {"judges": named})
        self.move(INTERVIEWS)

    def apply(self, number: int) -> str:
        body = {"organisation_id": f"org-{number}", **content(number, legal_type="preliminary_social_enterprise")}
        made = self.ok("POST", f"/calls/{self.call}/applications", self.people[number], body, status=201)
        self.ok("POST", f"/applications/{made['id']}/submit", self.people[number])
        return made["id"]

    def ok(self, method: str, path: str, person: str, body=None, status: int = 200):
        answer = self.running.call(method, path, person, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def move(self, moment: str) -> None:
        assert self.running.call("POST", "/dev/clock", json={"now": moment}).status_code == 200

    def offers(self, number: int) -> list[dict]:
        return self.ok("GET", "/offers", self.people[number])["items"]


@pytest.fixture(scope="module")
def april(tmp_path_factory):
    running = Installation(tmp_path_factory.mktemp("april"), now=IN_INTAKE)
    yield April(running)
    running.stop()


@pytest.fixture(scope="module")
def ranked(april):
    for number, application_id in april.ids.items():
        for judge in april.judges:
            april.ok("PUT", f"/applications/{application_id}/scores", judge, {"scores": points(95 - number)})
    april.ok("POST", f"/calls/{april.call}/ranking", april.staff)
    april.move(RESULT)
    april.ok("POST", f"/calls/{april.call}/results", april.staff)
    return april


def test_scores_that_cannot_be_are_malformed(april):
    path = f"/applications/{april.ids[1]}/scores"
    for scores in ({"team": 100.5}, {"team": True}, {"team": 1.005}, {"a b": 1}, [], {}):
        assert problem_of(april.running.call("PUT", path, april.judges[0], json={"scores": scores}), 422)["errors"]
    problem_of(april.running.call("PUT", path, april.judges[0], json={"scores": points(90), "abstain": True}), 422)
    problem_of(april.running.call("PUT", path, april.people[1], json={"scores": points(90)}), 404, "not_found")


def test_no_address_tells_a_judge_of_scores_before_their_own(april):
    """Every GET about a call or an application. 81.37 is what the others gave, and their mean."""
    paths = april.running.call("GET", "/openapi.json").json()["paths"]
    known = {"{call_id}": april.call, "{application_id}": april.ids[1], "{kind}": "business_plan"}
    asked = []
    for path in (path for path, operations in paths.items() if "get" in operations):
        for name, value in known.items():
            path = path.replace(name, value)
        if "{" not in path:
            asked.append(path)
    assert {f"/api/v1/calls/{april.call}/ranking", f"/api/v1/applications/{april.ids[1]}/scores"} <= set(asked)
    for judge in april.judges[:2]:
        april.ok("PUT", f"/applications/{april.ids[1]}/scores", judge, {"scores": points(81.37)})

    def hears(person: str) -> list[str]:
        return [path for path in asked if "81.37" in april.running.call("GET", path, person).text]

    assert hears(april.judges[2]) == []
    assert hears(april.staff) == []
    assert hears(april.judges[0]) == [f"/api/v1/applications/{april.ids[1]}/scores"]


def test_results_offer_the_units_and_the_last_one_waits(ranked):
    shown = ranked.ok("GET", f"/calls/{ranked.call}/ranking", ranked.people[3])
    assert (shown["state"], [line["score"] for line in shown["lines"]]) == ("published", ["94.00", "93.00", "92.00"])
    assert [line["own"] for line in shown["lines"]] == [False, False, True]
    assert shown["lines"][2]["explanation"][0] == "심사위원 3명이 채점했습니다."
    assert [len(ranked.offers(number)) for number in (1, 2, 3)] == [1, 1, 0]


def test_contract_is_signed_and_read_and_the_tenant_moves_in(ranked):
    offer = ranked.offers(1)[0]
    accepted = ranked.ok("POST", f"/offers/{offer['id']}/accept", ranked.people[1])
    tenancy = f"/tenancies/{accepted['tenancy_id']}"
    signed = ranked.ok("POST", f"{tenancy}/sign", ranked.people[1])
    assert (signed["status"], signed["rent"], signed["starts_on"]) == ("signed", 1_000_000, "2020-06-01")
    contract = ranked.running.call("GET", f"{tenancy}/contract.pdf", ranked.people[1])
    assert contract.headers["Content-Type"] == "application/pdf"
    assert "2020년 6월 1일부터" in PdfReader(BytesIO(contract.content)).pages[0].extract_text()
    problem_of(ranked.running.call("GET", f"{tenancy}/contract.pdf", ranked.people[2]), 404, "not_found")
    problem_of(ranked.running.call("POST", f"{tenancy}/sign", ranked.people[1]), 409, "illegal_transition")
    units = ranked.running.call("GET", "/units").json()["items"]
    assert [(unit["id"], unit["status"]) for unit in units[:3]] == [
        ("office-1", "let"),
        ("office-2", "offered"),
        ("office-3", "vacant"),
    ]


def test_declined_unit_goes_on_and_the_term_runs_its_course(ranked):
    declined = ranked.ok("POST", f"/offers/{ranked.offers(2)[0]['id']}/decline", ranked.people[2])
    assert declined["status"] == "declined"
    (offer,) = ranked.offers(3)
    tenancy_id = ranked.ok("POST", f"/offers/{offer['id']}/accept", ranked.people[3])["tenancy_id"]
    ranked.ok("POST", f"/tenancies/{tenancy_id}/sign", ranked.people[3])
    ranked.move("2020-06-01T09:00:00+09:00")
    tenancy = ranked.ok("GET", f"/tenancies/{tenancy_id}", ranked.people[3])
    assert (tenancy["status"], tenancy["invoices"][0]["month"]) == ("active", "2020-06")

    early = ranked.running.call("POST", f"/tenancies/{tenancy_id}/renewal-review", ranked.staff, json={"score": 90})
    problem_of(early, 409, "illegal_transition")
    ranked.move("2021-04-01T09:00:00+09:00")
    staff = ranked.running.token("staff-1", "staff")  # a year later she has logged in again
    reviewed = ranked.ok("POST", f"/tenancies/{tenancy_id}/renewal-review", staff, {"score": 70})
    assert reviewed["ends_on"] == "2022-05-31"
    refused = ranked.running.call("POST", f"/tenancies/{tenancy_id}/renewal-review", staff, json={"score": 90})
    assert problem_of(refused, 409, "term_limit")["refusals"][0]["details"] == {"months": 24}
    noticed = ranked.ok("POST", f"/tenancies/{tenancy_id}/notice", staff, {"ends_on": "2021-05-01"})
    assert noticed["status"] == "ending"
    done = {"restored": True, "card_returned": True, "deductions": 3_000_000_000}
    gone = ranked.ok("POST", f"/tenancies/{tenancy_id}/move-out", staff, done)
    settlement = gone["checklist"]["settlement"]
    assert (gone["status"], settlement["owed"]) == ("moved_out", 3_000_000_000 - gone["deposit"])


def test_designations_and_readiness(ranked):
    staff, person = (
        ranked.running.token(who, role, orgs=["org-1"]) for who, role in (("staff-1", "staff"), ("member-1", "member"))
    )
    body = {"kind": "preliminary_social_enterprise", "since": "2020-01-01"}
    made = ranked.ok("POST", "/organisations/org-1/designations", staff, body, status=201)
    assert (made["until"], made["warn_on"]) == ("2022-12-31", "2022-11-01")
    late = ranked.running.call("POST", "/organisations/org-1/designations", staff, json={**body, "until": "2023-01-01"})
    problem_of(late, 409, "term_limit")
    early = ranked.running.call(
        "POST", "/organisations/org-1/designations", staff, json={**body, "until": "2019-01-01"}
    )
    problem_of(early, 422)
    facts = {"form": "cooperative", "paid_workers": 1, "income": 499, "labour_cost": 1000}
    shown = ranked.ok("PUT", "/organisations/org-1/readiness", person, facts)
    assert [each["requirement"] for each in shown["requirements"] if each["met"]] == [
        "form",
        "paid_workers",
        "profit_reuse",
    ]
    assert ranked.ok("GET", "/organisations/org-1/readiness", staff)["ready"] is False
    for amount in ("income", "labour_cost", "profit", "reused"):
        for number, status in ((3_000_000_000, 200), (10**12, 200), (10**12 + 1, 422)):
            answer = ranked.running.call("PUT", "/organisations/org-1/readiness", person, json={amount: number})
            assert answer.status_code == status, (amount, number, answer.text)
    problem_of(ranked.running.call("GET", "/organisations/org-9/readiness", person), 404, "not_found")
    assert len(ranked.ok("GET", "/organisations/org-1/growth", person)["designations"]) == 1


def test_nothing_of_this_was_unexpected(april):
    """Last in this module."""
    unexpected = [line for line in april.running.log().splitlines() if '"failed"' in line or "Traceback" in line]
    assert unexpected == []
