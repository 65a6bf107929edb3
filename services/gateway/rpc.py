"""Calls of operations that no contract declares yet."""

from __future__ import annotations

from services.gateway.client import forward

ask = forward
