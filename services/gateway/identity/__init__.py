"""Who asks: bearer tokens, sessions of browsers, and the ways in which a session begins."""

from services.gateway.identity.tokens import LIFETIME, Tokens

__all__ = ["LIFETIME", "Tokens"]
