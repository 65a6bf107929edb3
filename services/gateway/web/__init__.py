"""The pages: HTML made here, without scripts."""

from services.gateway.web.pages import install, problem_page, wants_page

__all__ = ["install", "problem_page", "wants_page"]
