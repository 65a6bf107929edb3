"""Tables of the chassis in the database of every service. Their migrations are in `chassis/migrations`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    bindparam,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware time, stored in UTC. Refuses a naive time instead of guessing its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time: {value.isoformat()}")
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


NOW = bindparam("now", type_=UtcDateTime())
"""clock.now() in a statement that is built once."""

# SQLite numbers rows only in a column of type INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")

CHASSIS = MetaData()

outbox = Table(
    "outbox",
    CHASSIS,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("event_id", String(64), nullable=False, unique=True),
    Column("event", String(100), nullable=False),
    Column("routing_key", String(120), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("envelope", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("error", Text),
)
Index(
    "outbox_unpublished",
    outbox.c.id,
    postgresql_where=text("published_at IS NULL"),
    sqlite_where=text("published_at IS NULL"),
)
Index("outbox_published_at", outbox.c.published_at)

inbox = Table(
    "inbox",
    CHASSIS,
    Column("consumer", String(100), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("event", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime),
    Column("envelope", Text),
    Column("error", Text),
    PrimaryKeyConstraint("consumer", "event_id", name="inbox_handles_an_event_once"),
    CheckConstraint("state IN ('done', 'waiting', 'dead', 'discarded')", name="inbox_state_is_known"),
    CheckConstraint("state <> 'waiting' OR next_attempt_at IS NOT NULL", name="inbox_waits_for_a_time"),
)
Index(
    "inbox_unfinished",
    inbox.c.state,
    inbox.c.next_attempt_at,
    postgresql_where=text("state IN ('waiting', 'dead')"),
    sqlite_where=text("state IN ('waiting', 'dead')"),
)
Index("inbox_received_at", inbox.c.received_at)

idempotency_keys = Table(
    "idempotency_keys",
    CHASSIS,
    Column("actor_id", String(100), nullable=False),
    Column("command", String(100), nullable=False),
    Column("key", String(255), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("answer", JSON),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("actor_id", "command", "key", name="a_key_answers_one_command"),
)
Index("idempotency_keys_created_at", idempotency_keys.c.created_at)

leases = Table(
    "leases",
    CHASSIS,
    Column("name", String(100), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

profile = Table(
    "profile",
    CHASSIS,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("content", JSON, nullable=False),
    Column("loaded_at", UtcDateTime, nullable=False),
    CheckConstraint("id = 1", name="one_profile_per_service"),
)
