"""The table of who gets what: every operation of the interface's document, asked by everybody.

One module for each part of the interface, with ROWS and, for what stands in braces in a path, THINGS. To add an
operation, add its row; to add a part, add a module: nothing else knows of it.

    ROWS = (
        row("GET /bookings/{booking_id}", others=404, owner=200, staff=200, auditor=200, shows="owner staff auditor"),
    )
"""
