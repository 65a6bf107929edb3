"""Addresses of pages: the numbers that they carry, and redirects to them."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect
from werkzeug.wrappers import Response


def redirect_with_notice(address: str, notice: str = "") -> Response:
    """Send the browser to another page. `notice` names the text that the page there shows, such as `applied`."""
    if notice:
        address += ("&" if "?" in address else "?") + urlencode({"told": notice})
    return redirect(address, 303)


def whole_number(text: str | None, default: int | None = None, *, max_digits: int = 8) -> int | None:
    """Return the number that a parameter or a field carries, or the default if it is not a whole number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= max_digits else default
