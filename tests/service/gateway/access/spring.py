"""Spring 2020, in an installation of its own: calls that were judged, tenants who moved in, courses that are over.

What the owner has, they have for organisations of their own. Everything is made once, before anybody asks.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from standardwebhooks import Webhook

from services.chassis import clock
from tests.service.gateway.access.world import PEOPLE, World
from tests.service.gateway.conftest import Installation
from tests.service.recruitment.letting import INTERVIEWS, RESULT, points
from tests.service.recruitment.selecting import IN_INTAKE, OFFICES, SCREENING, a_call, content

BEGIN = IN_INTAKE
MOVED_IN = "2020-06-01T09:00:00+09:00"
SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SETTINGS = {"MADANG_RECEIPT_SECRETS": f"smtp={SIGNING}"}
ORGANISATIONS = PEOPLE["owner"][1]
JUDGES = ("access-judge", "judge-2", "judge-3")
SEATS = [f"seat-{number}" for number in range(1, 7)]


class Spring(World):
    """kept: what nobody changes, by name. stock: what is changed once, several of each."""

    def __init__(self, madang: Installation) -> None:
        super().__init__(madang)
        self.kept: dict[str, str] = {}
        self.stock: dict[str, list[str]] = defaultdict(list)
        self._judges = [madang.token(each, "judge") for each in JUDGES]
        self._reach_everybody()
        self._hold_courses()
        self._judge_calls()
        self._let()
        self._finish_courses()
        self._send_messages()

    def move(self, moment: str) -> None:
        self.made("anonymous", "POST", "/dev/clock", json={"now": moment})

    def _reach_everybody(self) -> None:
        for role in ("owner", "member"):
            self.made(role, "PUT", "/me/contact", json={"email": f"{role}@example.org", "locale": "ko"})

    def _hold_courses(self) -> None:
        """Two that are over in June, one that gave certificates, two that too few people wanted."""
        self._over = [self._course("2020-04-20"), self._course("2020-04-21")]
        self._held, self._session = self._course("2020-04-22")
        for course_id, _ in (*self._over, (self._held, self._session)):
            self.made("owner", "POST", f"/courses/{course_id}/enrolments")
        for role in ("resident", "member"):
            self.made(role, "POST", f"/courses/{self._held}/enrolments")
        few = [self._course("2020-06-26"), self._course("2020-06-27")]
        self.stock["undersubscribed"] = [course_id for course_id, _ in few]

    def _course(self, day: str) -> tuple[str, str]:
        window = {"enrol_from": "2020-04-10T00:00:00+09:00", "enrol_until": "2020-04-19T18:00:00+09:00"}
        course = {"title": "마을활동가 기초", "capacity": 5, **window}
        course_id = self.made("staff", "POST", "/courses", json=course)["id"]
        session = {
            "space_id": "edu-1",
            "start": f"{day}T10:00:00+09:00",
            "end": f"{day}T12:00:00+09:00",
            "instructor": {"id": "access-instructor", "name": self.name("instructor")},
        }
        session_id = self.made("staff", "POST", f"/courses/{course_id}/sessions", json=session)["id"]
        self.made("staff", "POST", f"/courses/{course_id}/publish")
        return course_id, session_id

    def _finish_courses(self) -> None:
        present = ("owner", "resident", "member")
        entries = [
            {"nonce": role, "person_id": f"access-{role}", "direction": "in", "at": "2020-04-22T10:00:00+09:00"}
            for role in present
        ]
        self.made("instructor", "POST", f"/sessions/{self._session}/attendance", json={"entries": entries})
        self.made("staff", "POST", f"/courses/{self._held}/complete")
        codes = [self.made(role, "GET", "/me/certificates")["items"][0]["code"] for role in present]
        self.kept |= {"held_session": self._session, "certificate": codes[0]}
        self.stock["revocable"] = codes[1:]
        self.stock["over"] = [course_id for course_id, _ in self._over]

    def _judge_calls(self) -> None:
        """Calls at each stage, and for each that is changed once two, for staff and the director."""
        calls = {name: self._call(OFFICES[:1], 1) for name in ("judging", "rank-1", "rank-2", "publish-1", "publish-2")}
        calls |= {name: self._call(OFFICES[:1], 2) for name in ("tied-1", "tied-2")}
        calls |= {
            "unscored": self._call(OFFICES[:1], 1),
            "let": self._call(SEATS, 6),
            "offered": self._call(OFFICES[5:], 3),
        }
        self.move(SCREENING)
        for call_id, ids in calls.values():
            for each in ids:
                self.made("staff", "POST", f"/applications/{each}/screening", json={})
            judges = {"judges": [{"id": each, "name": each} for each in JUDGES]}
            self.made("staff", "PUT", f"/calls/{call_id}/judges", json=judges)
        self.move(INTERVIEWS)
        self.kept["unscored_application"] = calls.pop("unscored")[1][0]
        for name, (_, ids) in calls.items():
            for place, each in enumerate(ids):
                self._score(each, 90 if name.startswith("tied") else 90 - place)
        self.kept |= {"judged_application": calls["judging"][1][0], "judged_call": calls["judging"][0]}
        self.kept["ranked_call"] = calls["let"][0]
        self.ties = [calls[name] for name in ("tied-1", "tied-2")]
        self.tied = self.ties[0][1]
        self.stock["rankable"] = [calls[name][0] for name in ("rank-1", "rank-2")]
        self.stock["publishable"] = [calls[name][0] for name in ("publish-1", "publish-2")]
        for call_id in (*self.stock["publishable"], calls["let"][0], calls["offered"][0]):
            self.made("staff", "POST", f"/calls/{call_id}/ranking")
        self._let_call, self._offered_call = calls["let"][0], calls["offered"][0]

    def _call(self, units: list[str], applicants: int) -> tuple[str, list[str]]:
        """A published call and the applications that the owner has sent in for so many of their organisations."""
        call = self.made("staff", "POST", "/calls", json=a_call(unit_ids=units, documents=[]))["id"]
        self.made("staff", "POST", f"/calls/{call}/publish")
        return call, [self._application(call, ORGANISATIONS[place]) for place in range(applicants)]

    def _application(self, call: str, organisation: str) -> str:
        wanted = {**content(1, organisation_name=self.SECRET, plan=self.SECRET), "organisation_id": organisation}
        made = self.made("owner", "POST", f"/calls/{call}/applications", json=wanted)["id"]
        self.made("owner", "POST", f"/applications/{made}/submit")
        return made

    def _score(self, application: str, total: int) -> None:
        for judge in self._judges:
            answer = self.madang.call(
                "PUT", f"/applications/{application}/scores", judge, json={"scores": points(total)}
            )
            assert answer.ok, answer.text

    def _let(self) -> None:
        """Six tenants who have moved in, of whom two leave; three who have just been offered a unit."""
        self.move(RESULT)
        self.made("staff", "POST", f"/calls/{self._let_call}/results")
        tenancies = [self._signed(offer) for offer in self._offers(self._let_call)]
        self.move(MOVED_IN)
        self.kept["tenancy"], *self.stock["tenancy"] = tenancies[:4]
        self.stock["leaving"] = tenancies[4:]
        for each in self.stock["leaving"]:
            self.made("owner", "POST", f"/tenancies/{each}/notice", json={})
        self.made("staff", "POST", f"/calls/{self._offered_call}/results")
        self.kept["offer"], self.kept["declinable"], accepted = self._offers(self._offered_call)
        self.kept["signable"] = self.made("owner", "POST", f"/offers/{accepted}/accept")["tenancy_id"]

    def _send_messages(self) -> None:
        """A mail of the owner's and one of the member's came back; others went nowhere: they have no address."""
        self.kept["inbox_message"] = self.made("owner", "GET", "/me/inbox")["items"][0]["id"]
        for role in ("owner", "member"):
            self._bounce(next(each for each in self._messages(role, "sent") if each["channel"] == "email"))
        self.stock["suppression"] = [each["id"] for each in self.made("staff", "GET", "/suppressions")["items"]]
        self.stock["skipped"] = [each["id"] for each in self._messages("resident", "skipped")]

    def _messages(self, role: str, status: str) -> list[dict[str, Any]]:
        wanted = f"person_id=access-{role}&status={status}&limit=100"
        found: list[dict[str, Any]] = self.made("staff", "GET", f"/messages?{wanted}")["items"]
        return found

    def _bounce(self, message: Mapping[str, Any]) -> None:
        report = {"id": message["id"], "message_id": f"<{message['id']}@localhost>", "report": "bounced"}
        self.made("anonymous", "POST", "/receipts/smtp", **signed([report]))

    def _offers(self, call: str) -> list[str]:
        return [each["id"] for each in self.made("owner", "GET", f"/offers?call_id={call}")["items"]]

    def _signed(self, offer: str) -> str:
        tenancy: str = self.made("owner", "POST", f"/offers/{offer}/accept")["tenancy_id"]
        self.made("owner", "POST", f"/tenancies/{tenancy}/sign")
        return tenancy


def signed(report: Any) -> Mapping[str, Any]:
    """What a provider sends, as options of a request."""
    text = json.dumps(report)
    at = clock.wall()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SIGNING).sign("msg_1", at, text),
    }
    return {"data": text, "headers": headers}
