"""The call of April 2020 and those who answer it, for tests: by RPC, as the gateway would ask."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from services.chassis import clock, ids
from services.chassis.context import Actor
from services.chassis.documents import store_of
from services.chassis.errors import Refused
from services.chassis.tables import outbox
from services.chassis.testing import Bench
from tests.people import STAFF

NOTICE = "2020-04-01T09:00:00+09:00"
IN_INTAKE = "2020-04-10T10:00:00+09:00"
CLOSES = "2020-04-14T18:00:00+09:00"
SCREENING = "2020-04-17T10:00:00+09:00"
OFFICES = [f"office-{number}" for number in range(1, 9)]
KINDS = ("application", "introduction", "business_plan", "status_certificate", "business_registration")
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@dataclass(frozen=True)
class Selection:
    """A call and its applications, by id."""

    call: str
    applications: list[str]


def applicant(number: int) -> Actor:
    """The person who applies for an organisation of their own."""
    return Actor(f"applicant-{number}", f"신청인 {number}", frozenset({"member"}), (f"org-{number}",))


def judge(number: int) -> Actor:
    return Actor(f"judge-{number}", f"심사위원 {number}", frozenset({"judge"}))


JUDGES = [judge(number) for number in range(1, 6)]


def a_call(**different: Any) -> dict[str, Any]:
    return {
        "title": "2020년 상반기 입주기업 모집",
        "summary": "사무실 8개를 모집합니다.",
        "notice_on": "2020-04-01",
        "intake_opens_at": "2020-04-06T09:00:00+09:00",
        "intake_closes_at": CLOSES,
        "screening_on": "2020-04-17",
        "interviews_start": "2020-04-22T10:00:00+09:00",
        "interviews_end": "2020-04-22T18:00:00+09:00",
        "result_on": "2020-04-28",
        "contract_by": "2020-05-08",
        "move_in_on": "2020-06-01",
        "unit_ids": OFFICES,
        **different,
    }


def content(number: int, **different: Any) -> dict[str, Any]:
    return {
        "organisation_name": f"협동조합 {number}",
        "legal_type": "cooperative",
        "status_since": "2019-03-02",
        "founded_on": "2019-03-02",
        "in_district": True,
        "incubated_elsewhere": False,
        "introduction": "서구에서 일합니다.",
        "plan": "마을과 함께합니다.",
        "contact": {"email": f"person{number}@coop{number}.example", "phone": f"010-1234-{number:04d}"},
        **different,
    }


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@contextmanager
def acting(bench: Bench, *people: Actor, **context: Any) -> Iterator[tuple[Any, ...]]:
    """Recruitment, as each of the people asks it."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(bench.acting(who, **context)).recruitment for who in people)


def published(bench: Bench, **different: Any) -> dict[str, Any]:
    with acting(bench, STAFF) as (staff,):
        return staff.publish_call(call_id=staff.create_call(**a_call(**different))["id"])


def attach(bench: Bench, rpc: Any, application_id: str, kind: str, body: bytes = PDF, name: str = "a.pdf") -> Any:
    """As the gateway does it: ask, store, tell."""
    rpc.admit_document(application_id=application_id, kind=kind, size=len(body), media_type="application/pdf")
    upload, store = ids.new_id(), store_of(bench.config)
    store.keep(upload, store.receive(upload, io.BytesIO(body)))
    return rpc.record_document(
        application_id=application_id,
        kind=kind,
        upload_id=upload,
        name=name,
        media_type="application/pdf",
        size=len(body),
        digest=hashlib.sha256(body).hexdigest(),
    )


def drafted(bench: Bench, call: dict[str, Any], who: Actor, *, kinds: Sequence[str] = KINDS, **said: Any) -> str:
    """A complete draft, but for what is left out. Returns its id."""
    number = int(who.id.rpartition("-")[2])
    with acting(bench, who) as (rpc,):
        made = rpc.start_application(call_id=call["id"], organisation_id=who.orgs[0], **content(number, **said))
        for kind in kinds:
            attach(bench, rpc, made["id"], kind, body=PDF + f"{number} {kind}".encode())
    return made["id"]


def submitted(bench: Bench, call: dict[str, Any], who: Actor, **said: Any) -> str:
    made = drafted(bench, call, who, **said)
    with acting(bench, who) as (rpc,):
        rpc.submit_application(application_id=made)
    return made


def codes(refused: Refused) -> list[str]:
    return [refusal.code for refusal in refused.refusals]


def named(*people: Actor, **different: dict[str, Any]) -> list[dict[str, Any]]:
    """Judges as staff name them; `different`: more about one of them, by id."""
    return [{"id": who.id, "name": who.name, **different.get(who.id.replace("-", "_"), {})} for who in people]


def shortlisted(bench: Bench, *applicants: Actor, judges: Sequence[dict[str, Any]] = (), **call: Any) -> Selection:
    """A call whose applicants are all shortlisted, and judged by `judges`."""
    made = published(bench, **call)
    bench.move_clock(moment(IN_INTAKE))
    ids_of = [submitted(bench, made, who) for who in applicants]
    bench.move_clock(moment(SCREENING))
    with acting(bench, STAFF) as (staff,):
        staff.name_judges(call_id=made["id"], judges=list(judges) or named(*JUDGES))
        for each in ids_of:
            staff.screen_application(application_id=each)
    return Selection(made["id"], ids_of)


def told(bench: Bench, event: str) -> list[dict[str, Any]]:
    """What recruitment has published under this name, in its order."""
    chosen = select(outbox.c.envelope).where(outbox.c.event == event).order_by(outbox.c.id)
    return bench.database("recruitment").transaction(
        lambda session: [json.loads(envelope) for envelope in session.scalars(chosen)]
    )


def tell(bench: Bench, source: str, event: str, data: dict[str, Any], sequence: int = 1) -> None:
    """Another service's event is on its way, and heard."""
    envelope = {
        "specversion": "1.0",
        "id": ids.new_id(),
        "source": f"/madang/{source}",
        "type": f"madang.{source}.{event}.v1",
        "subject": "subject",
        "sequence": sequence,
        "data": data,
    }
    bench.publish(source, event, envelope)
    bench.settle()


def stored(bench: Bench) -> list[Path]:
    """Every file that the store has, which is a directory."""
    return sorted(path for path in (bench.config.data / "documents").rglob("*") if path.is_file())


def keys_of(bench: Bench) -> list[str]:
    """Of every file that the store has, whatever it is."""
    return sorted(store_of(bench.config).left_behind(clock.wall() + timedelta(days=1)))
