"""Certificates: their holders read them, everybody may verify them."""

from __future__ import annotations

import base64

from flask import Response

from services.gateway.api.derived import Written, blueprint_of
from services.gateway.api.operations import Text
from services.gateway.client import ask
from services.training.contract.certificates import PrintCertificate
from services.training.contract.certificates import certificates as part

PDF = Text("application/pdf")


def print_certificate(code: str) -> Response:
    paper = ask(PrintCertificate(code=code))
    answer = Response(base64.b64decode(paper.content), content_type=paper.content_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


certificates = blueprint_of(part, {PrintCertificate: Written(print_certificate, PDF)})
