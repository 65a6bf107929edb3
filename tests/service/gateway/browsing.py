"""A browser without a window: it keeps cookies and sends forms as a page gives them."""

from __future__ import annotations

import html
import re
from typing import Any

import requests

from tests.service.gateway.conftest import Installation
from tests.waiting import PATIENCE

FIELD = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


class Browser:
    def __init__(self, madang: Installation) -> None:
        self.address = madang.address
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept"] = "text/html"

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.ask("GET", path, **options)

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        options = {"timeout": PATIENCE, "allow_redirects": False, **options}
        url = path if path.startswith("http") else self.address + path
        return self.session.request(method, url, **options)

    def token(self, path: str = "/login") -> str:
        """The one that the forms of a page carry."""
        page = self.get(path)
        found = FIELD.search(page.text)
        assert found, page.text
        return html.unescape(found[1])

    def submit(self, path: str, **fields: str) -> requests.Response:
        return self.ask("POST", path, data={"csrf_token": self.token(), **fields})

    def log_in(self, person: str, **fields: str) -> requests.Response:
        answer = self.submit("/login/development", person=person, **fields)
        assert answer.status_code == 303, answer.text
        return answer

    def me(self) -> requests.Response:
        return self.get("/api/v1/me", headers={"Accept": "application/json"})

    @property
    def cookie(self) -> str:
        return self.session.cookies["madang"]
