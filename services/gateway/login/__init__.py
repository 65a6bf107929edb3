"""Logging in and out, as people do it with a browser."""

from services.gateway.login.routes import install

__all__ = ["install"]
