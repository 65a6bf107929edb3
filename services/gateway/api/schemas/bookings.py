"""Fields of work, for operations that no contract declares yet."""

from services.centre.vocabulary import Field

FIELDS = tuple(each.value for each in Field)
