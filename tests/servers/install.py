"""`python -m tests.servers.install`: the server programs are on this machine, or a sentence says what is missing.

Not imported by the package, so that it can be run as a command.
"""

import sys

from tests.servers.programs import ServersMissing, ensure, wanted


def main() -> None:
    """Looks for nothing that TEST_AMQP_URI or TEST_DATABASE_URL replaces. Exit status 1 when something is missing."""
    try:
        ensure(*wanted())
    except ServersMissing as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
