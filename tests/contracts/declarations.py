"""Import every contract and make its schemas: `python -m tests.contracts.declarations`, part of `make check`.

A vocabulary's member without a label, a field without a bound, a name in a path that is no field and an operation that
its service does not serve fail here.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import services
from services.chassis.contract import Operation, Part
from services.chassis.contract_schemas import answer_schema, body_schema, request_schema
from services.chassis.service import Service


def operations() -> Iterator[Operation]:
    """Yield the operations of all contracts."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.split(".")[2:3] == ["contract"]:
            for part in vars(import_module(module.name)).values():
                if isinstance(part, Part):
                    yield from part.operations


def check(operation: Operation) -> None:
    """Raise what is wrong with the declaration of an operation."""
    taken = request_schema(operation.request)()
    body_schema(operation.request)()
    if operation.answer is not None:
        answer_schema(operation.answer)()
    if unknown := set(operation.in_path.values()) - taken.fields.keys():
        raise TypeError(f"{operation.name}: {operation.path} names {', '.join(sorted(unknown))}, which are no fields")


def served() -> Iterator[Operation]:
    """Yield the operations that the services bind to their use cases."""
    for service in {each.service for each in operations()}:
        module = import_module(f"services.{service}.service")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Service) and each is not Service:
                yield from (handler.operation for handler in each.serves)


if __name__ == "__main__":
    declared = list(operations())
    for operation in declared:
        check(operation)
    if missing := {each.name for each in declared} - {each.name for each in served()}:
        raise TypeError(f"no service serves {', '.join(sorted(missing))}")
