"""`python -m tests.servers`: both servers in the foreground, until Ctrl-C."""

import signal
import sys
from types import FrameType

from tests.servers import PostgreSQL, RabbitMQ


def main() -> None:
    """Prints the variables that point a test run at the servers, then waits. Ctrl-C or SIGTERM removes everything."""
    signal.signal(signal.SIGTERM, _interrupt)
    broker, server = RabbitMQ(), PostgreSQL()
    try:
        broker.launch()
        server.start()
        broker.await_ready()
        sys.stdout.write(f"export TEST_AMQP_URI={broker.uri} TEST_AMQP_MANAGEMENT_URL={broker.management_url}\n")
        sys.stdout.write(f"export TEST_DATABASE_URL={server.url}\n")
        sys.stdout.flush()
        signal.pause()
    except KeyboardInterrupt:
        sys.stderr.write("stopping\n")
    finally:
        broker.close()
        server.close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
