"""Makes this process green: nameko's workers are greenlets, so what waits must let the others go on.

`patch` comes before anything that opens a socket, starts a thread or takes a lock is imported.
"""

from __future__ import annotations

import os
import warnings


def patch() -> None:
    # The system looks names up. eventlet's own look-up needs dnspython, which takes longer to import than eventlet.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    # nameko stands on eventlet, whose own warning about that would greet every user of the command line
    warnings.filterwarnings("ignore", message="\\s*Eventlet is deprecated")

    import eventlet

    eventlet.monkey_patch()
