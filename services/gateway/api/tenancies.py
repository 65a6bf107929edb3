"""Units, offers and tenancies. The contract is sent as a PDF."""

from __future__ import annotations

import base64

from flask import Response

from services.gateway.api.derived import Written, blueprint_of
from services.gateway.api.operations import Text
from services.gateway.client import ask
from services.recruitment.contract.tenancies import GetContract
from services.recruitment.contract.tenancies import tenancies as part

PDF = Text("application/pdf")


def send_contract(tenancy_id: str) -> Response:
    contract = ask(GetContract(tenancy_id=tenancy_id))
    pdf = Response(base64.b64decode(contract.content), content_type=PDF.content_type)
    pdf.headers.set("Content-Disposition", "inline", filename=contract.name)
    return pdf


tenancies = blueprint_of(part, {GetContract: Written(send_contract, answer=PDF)})
