"""/api: the interface's document as people read it."""

from services.gateway.reference.routes import install

__all__ = ["install"]
