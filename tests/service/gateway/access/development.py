"""What is only in development mode, and for everybody."""

from tests.service.gateway.access.table import row

ROWS = (
    row("POST /dev/tokens", body={"sub": "access-made"}, anonymous=200, others=200),
    row("GET /dev/mailbox", anonymous=200, others=200),
    row(
        "POST /dev/clock",
        note="back, which it cannot",
        body={"now": "2019-01-01T00:00:00+09:00"},
        anonymous=409,
        others=409,
    ),
)
