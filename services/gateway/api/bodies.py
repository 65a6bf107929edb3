"""What a request can bring: JSON by a schema, JSON that is passed on as it came, or a file.

Each knows the statuses that come with it (`refuses`), whether it would count again when it is sent again (`needs_key`),
how a view takes it (`taken_by`): by the name `body` where the view does not read it itself, and what the document says
of it (`described`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from marshmallow import Schema

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.gateway.api.reading import reading, requires, shaped
from services.gateway.client import instance
from services.gateway.problems import TooLarge, UnsupportedMediaType

View = Callable[..., Any]

BINARY = {"type": "string", "format": "binary"}


@dataclass(frozen=True)
class Json:
    schema: type[Schema]
    refuses = (413, 415, 422)
    needs_key = True

    def taken_by(self, view: View) -> View:
        return reading("body", self.schema, "json", view)

    def described(self, method: str) -> Mapping[str, Any]:
        required = method == "PATCH" or requires(instance(self.schema))
        return {"required": required, "content": {"application/json": {"schema": self.schema}}}


@dataclass(frozen=True)
class Forwarded(Json):
    """JSON that the service checks."""

    def taken_by(self, view: View) -> View:
        return shaped("body", self.schema, "json", view)


@dataclass(frozen=True)
class Verbatim:
    """Passed on as it came, for it is signed. most: bytes."""

    most: int
    about: str
    example: Any
    refuses = (413, 415, 422)
    needs_key = True

    def taken_by(self, view: View) -> View:
        @functools.wraps(view)
        def taking(**arguments: Any) -> Any:
            return view(body=self._text(), **arguments)

        return taking

    def described(self, method: str) -> Mapping[str, Any]:
        listed = {"type": "array", "items": {"type": "object"}, "examples": [self.example]}
        return {"required": True, "description": self.about, "content": {"application/json": {"schema": listed}}}

    def _text(self) -> str:
        """Raises UnsupportedMediaType, TooLarge, Invalid."""
        if not request.is_json:
            raise UnsupportedMediaType
        if (request.content_length or 0) > self.most:
            raise TooLarge
        try:
            return request.get_data().decode()
        except UnicodeDecodeError as error:
            raise Invalid(errors={"body": [_("Send this as application/json.")]}) from error


@dataclass(frozen=True)
class Upload:
    """A file, as the body or as the `file` of a form. The view takes it itself, piece by piece."""

    refuses = (413,)
    needs_key = False

    def taken_by(self, view: View) -> View:
        return view

    def described(self, method: str) -> Mapping[str, Any]:
        form = {"type": "object", "properties": {"file": BINARY}, "required": ["file"]}
        content = {"application/octet-stream": {"schema": BINARY}, "multipart/form-data": {"schema": form}}
        return {"required": True, "content": content}


Body = Json | Verbatim | Upload
