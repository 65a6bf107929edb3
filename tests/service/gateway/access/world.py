"""The people who ask, and how they do."""

from __future__ import annotations

import json
from typing import Any

import requests

from tests.service.gateway.conftest import Installation

PEOPLE = {
    "owner": (("resident",), tuple(f"owner-org-{number}" for number in range(1, 13))),
    "resident": (("resident",), ()),
    "member": (("resident", "member"), ("another-org",)),
    "judge": (("judge",), ()),
    "instructor": (("instructor",), ()),
    "activist": (("resident", "activist"), ()),
    "consultant": (("consultant",), ()),
    "staff": (("staff",), ()),
    "director": (("director",), ()),
    "auditor": (("auditor",), ()),
}
"""Roles and organisations. The owner is the resident whose things are asked for; `resident` is another one."""
EVERYBODY = ("anonymous", *PEOPLE)


class World:
    """An installation, and people of their own in it: what they may do does not depend on other tests."""

    SECRET = "남이 알 일이 아닌 것"
    """Stands in every text that the owner writes, and, as OWNER, in the owner's name."""
    OWNER = "주인하"

    def __init__(self, madang: Installation) -> None:
        self.madang = madang
        self._tokens = {
            role: madang.token(f"access-{role}", *roles, orgs=list(orgs), name=self.name(role))
            for role, (roles, orgs) in PEOPLE.items()
        }

    @classmethod
    def name(cls, role: str) -> str:
        return cls.OWNER if role == "owner" else f"역할 {role}"

    def call(self, role: str, method: str, path: str, **options: Any) -> requests.Response:
        return self.madang.call(method, path, self._tokens.get(role), **options)

    def made(self, role: str, method: str, path: str, **options: Any) -> Any:
        """What a call gave that had to work."""
        answer = self.call(role, method, path, **options)
        assert answer.ok, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def shows_the_owners(self, answer: requests.Response) -> bool:
        text = answer.content.decode("utf-8", "replace")
        escaped = [json.dumps(each)[1:-1] for each in (self.SECRET, self.OWNER)]
        return any(each in text for each in (self.SECRET, self.OWNER, *escaped))
