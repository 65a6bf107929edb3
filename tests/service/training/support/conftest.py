"""The support work's use cases on a database of their own, as those of the courses."""

from tests.service.training.courses.conftest import database, rules

__all__ = ["database", "rules"]
