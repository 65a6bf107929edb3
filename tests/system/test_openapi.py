"""schemathesis over the whole OpenAPI document: no answer that the document does not tell of, and never a 500.

Each request is made by each of READERS. The suite tries few requests for each operation, the same every time.
"""

from collections import Counter
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.soak import examples
from tests.system.embedded import running

ASKING = settings(max_examples=examples(2, 50), phases=[Phase.generate], suppress_health_check=list(HealthCheck))
READERS = (None, "resident", "staff")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    with running(tmp_path_factory.mktemp("openapi"), MADANG_LOG_LEVEL="ERROR") as embedded:
        yield embedded


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_in_the_document(embedded, mode):
    headers = [{"Authorization": f"Bearer {embedded.token('person-1', role)}"} if role else {} for role in READERS]
    document = schemathesis.openapi.from_url(f"{embedded.root}/openapi.json")
    # moving the clock forward would close the window of everything else
    operations = [each.ok() for each in document.exclude(path_regex="/dev/clock$").get_all_operations()]
    assert len(operations) > 150
    asked: Counter[str] = Counter()
    faults = [fault for each in operations if (fault := fault_of(each, headers, mode, asked))]
    assert faults == []
    assert len(asked) > 60, asked


def fault_of(operation, headers: list[dict[str, str]], mode: GenerationMode, asked: Counter[str]) -> str | None:
    """What is wrong with the answers to this operation, or None."""

    @ASKING
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case) -> None:
        asked[operation.label] += 1
        for each in headers:
            case.validate_response(case.call(headers=each), checks=CHECKS)

    try:
        ask()
    except (SkipTest, Unsatisfiable):
        return None  # nothing about this operation can be got wrong
    except (Failure, FailureGroup) as failure:
        return f"{operation.label}: {failure}"
    return None
