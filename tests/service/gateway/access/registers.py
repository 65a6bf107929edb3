"""The support work's registers, lists and figures."""

import base64

from tests.service.gateway.access.table import row

DAY = "2020-04-07"
FILE = base64.b64encode("name,side\n서구청,public\n".encode()).decode()
CONSULTANT = {"name": "김자문", "topics": ["community"]}
ACTIVIST = {"name": "활동가", "field": "social_economy"}
PROGRAMME = {"title": "공모사업", "year": 2020, "stage": "forming"}
VOICE = {"theme": "돌봄", "words": "아이 맡길 곳이 없어요.", "source": "면담"}
MEETING = {"title": "회의", "held_at": f"{DAY}T10:00:00+09:00"}
ACTION = {"title": "준비", "owner_id": "role-owner", "due_on": DAY}
MEMBERS = {"format": "csv", "content": FILE, "dry_run": True}
ROWS = (
    row("POST /consultations", body={"topic": "finance", "title": "장부"}, others=201, shows="owner"),
    row("GET /consultations", others=200, shows="owner staff auditor"),
    row("GET /consultations", note="chosen", query="status=rated&topic=finance&limit=1", others=200),
    row("PUT /consultants/{consultant_id}", at={"consultant_id": "somebody"}, body=CONSULTANT, others=403, staff=200),
    row("GET /consultants", others=403, staff=200, auditor=200),
    row("POST /opportunities", body={"channel": "shop", "title": "공동 매장"}, others=403, staff=201),
    row("GET /opportunities", others=200),
    row("POST /programmes", body=PROGRAMME, others=403, staff=201),
    row("GET /programmes", others=200),
    row("GET /communities", others=200),
    row("GET /activists", others=200),
    row("PUT /activists/{activist_id}", at={"activist_id": "somebody"}, body=ACTIVIST, others=403, staff=200),
    row("GET /visits", query="overdue=true", others=200),
    row("POST /voices", body=VOICE, others=403, activist=201, consultant=201, staff=201),
    row("GET /voices", others=403, staff=200, auditor=200),
    row("GET /voices/themes", others=403, staff=200, auditor=200),
    row("GET /assets", others=403, staff=200, auditor=200),
    row("POST /findings", body={"title": "돌봄 공백", "theme": "돌봄"}, others=403, staff=201),
    row("GET /findings", others=200),
    row("GET /surveys", others=200),
    row("GET /network/members", others=403, staff=200, auditor=200),
    row("POST /network/meetings", body=MEETING, others=403, staff=201),
    row("GET /network/meetings", others=403, staff=200, auditor=200),
    row("POST /network/actions", body=ACTION, others=403, staff=201),
    row("GET /network/actions", others=200),
    row("POST /imports/{kind}", at={"kind": "members"}, body=MEMBERS, others=403, staff=200),
    row("POST /imports/{kind}", note="of no kind", at={"kind": "colours"}, body=MEMBERS, others=404),
    row("GET /exports/{kind}", at={"kind": "visits"}, others=403, staff=200, auditor=200),
    row("GET /exports/{kind}", note="of no kind", at={"kind": "colours"}, others=404),
    row("GET /statistics/yearly", query="year=2020", others=403, staff=200, auditor=200),
    row("GET /statistics/yearly.xlsx", query="year=2020", others=403, staff=200, auditor=200),
)
