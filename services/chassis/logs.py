"""JSON logs, one line per call, event or timer run. Ids and codes, no personal data: arguments are never logged."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import Processor


def configure(level: str) -> None:
    """Write all log lines of this process, those of libraries included, to stderr as JSON."""
    # A log record asks for the current thread. eventlet's substitute sometimes fails when a greenlet ends.
    logging.logThreads = False
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # nameko logs every handled error with its arguments, which may be personal data. We log one line per call.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)
    for library in ("nameko", "kombu", "amqp", "eventlet", "alembic", "sqlalchemy"):
        logging.getLogger(library).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)
