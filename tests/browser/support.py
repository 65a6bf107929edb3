"""The support work as the centre knows it, for its pages: one thing of each kind."""

from typing import Any

from tests.system.embedded import Embedded

QUESTIONS = [
    {"id": "q1", "text": "원하던 것을 얻으셨나요?", "kind": "rating"},
    {"id": "q2", "text": "무엇을 바꾸면 좋을까요?", "kind": "text"},
]


class Office:
    """What is done over HTTP before a page is looked at."""

    def __init__(self, embedded: Embedded) -> None:
        self._url = embedded.url
        self.staff = embedded.session("jiwoo", "staff")
        self.member = embedded.session("sora", "resident", "member", orgs=("haneul-coop",))
        self.activist = embedded.session("yeonhwa", "resident", "activist")
        self.consultant = embedded.session("dahye", "consultant")

    def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(self.staff.put(self._url + path, json=body, timeout=120))

    def post(self, session: Any, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(session.post(self._url + path, json=body, timeout=120))

    @staticmethod
    def _answer(answer: Any) -> dict[str, Any]:
        assert answer.ok, answer.text
        return answer.json()

    def case(self, title: str = "회계 장부를 처음 씁니다", topic: str = "finance") -> str:
        wanted = {"topic": topic, "title": title, "need": "간편장부면 될까요?", "organisation_id": "haneul-coop"}
        return self.post(self.member, "/consultations", wanted)["id"]

    def consultants(self) -> None:
        self.put("/consultants/dahye", {"name": "조다혜", "topics": ["finance", "certification"]})
        self.put("/consultants/iroun", {"name": "이로운", "topics": ["marketing"]})

    def reported_case(self) -> str:
        case = self.case("사회적기업 인증 준비", "certification")
        self.post(
            self.staff, f"/consultations/{case}/assign", {"diagnosis": "정관부터 봅니다.", "consultant_id": "dahye"}
        )
        log = {"held_at": "2020-03-18T14:00:00+09:00", "minutes": 90, "notes": "정관을 함께 읽었습니다."}
        self.post(self.consultant, f"/consultations/{case}/logs", log)
        self.post(self.consultant, f"/consultations/{case}/report", {"report": "정관을 고쳤습니다."})
        return case

    def survey(self, case: str, title: str = "상담은 어떠셨나요?") -> str:
        about = {"subject": "consultation", "subject_id": case, "title": title, "questions": QUESTIONS}
        return self.post(self.staff, "/surveys", {**about, "closes_at": "2020-04-03T23:59:00+09:00"})["id"]

    def programme(self, names: tuple[str, ...], title: str = "2020 마을공동체 만들기") -> str:
        self.put("/activists/yeonhwa", {"name": "최연화", "area": "가정동"})
        programme = self.post(self.staff, "/programmes", {"title": title, "year": 2020, "stage": "activity"})["id"]
        for name in names:
            community = {"name": name, "area": "가정동", "members": 8}
            path = f"/programmes/{programme}/communities"
            self.post(self.staff, path, {"amount": 2_000_000, "community": community})
        return programme

    def visit(self, programme: str, at: str) -> str:
        """To its first community, which has an activist from here on."""
        load = self.post(self.staff, f"/programmes/{programme}/assignments", {"activist_ids": ["yeonhwa"]})["items"][0]
        wanted = {"community_id": load["community_ids"][0], "visit_at": at, "purpose": "첫 방문"}
        return self.post(self.activist, "/visits", wanted)["id"]

    def meeting(self) -> str:
        sides = {"서구청": "public", "하늘협동조합": "private"}
        members = [self.post(self.staff, "/network/members", {"name": n, "side": s})["id"] for n, s in sides.items()]
        held = {"title": "3월 민·관 회의", "held_at": "2020-03-17T14:00:00+09:00", "place": "회의실"}
        meeting = self.post(self.staff, "/network/meetings", {**held, "member_ids": members, "minutes": "봄 장터"})[
            "id"
        ]
        owner = {"owner_id": "yeonhwa", "owner_name": "최연화"}
        for title, due_on in (("빈 공간 지도", "2020-03-18"), ("봄 장터 배치", "2020-04-03")):
            agreed = {"meeting_id": meeting, "title": title, "due_on": due_on, **owner}
            self.post(self.staff, "/network/actions", agreed)
        return meeting

    def resources(self) -> None:
        said = {"theme": "네트워크", "words": "만날 자리가 없습니다.", "source": "면담"}
        self.post(self.activist, "/voices", said)
        finding = self.post(self.staff, "/findings", {"title": "민·관이 만날 자리가 없다", "theme": "네트워크"})["id"]
        self.post(self.staff, f"/findings/{finding}/deeds", {"kind": "other", "note": "달마다 만남"})
        place = {"kind": "place", "name": "루원 작은도서관", "source": "방문", "consent": "not_needed"}
        self.post(self.activist, "/assets", place)

    def opportunity(self) -> str:
        fair = {"channel": "fair", "title": "봄 장터", "organiser": "서구청", "closes_on": "2020-04-10"}
        opportunity = self.post(self.staff, "/opportunities", fair)["id"]
        known = {"organisation_id": "haneul-coop", "organisation_name": "하늘협동조합", "result": "talks"}
        self.post(self.staff, f"/opportunities/{opportunity}/introductions", known)
        return opportunity


def one_of_each(embedded: Embedded) -> dict[str, str]:
    """Their ids, as the addresses of pages name them."""
    office = Office(embedded)
    office.consultants()
    office.resources()
    case, reported = office.case(), office.reported_case()
    programme = office.programme(("가정동 마을신문", "석남 골목정원"))
    return {
        "case": case,
        "reported": reported,
        "survey": office.survey(reported),
        "programme": programme,
        "visit": office.visit(programme, "2020-03-10T14:00:00+09:00"),
        "meeting": office.meeting(),
        "opportunity": office.opportunity(),
    }
