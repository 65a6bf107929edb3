import pytest

from services.chassis.testing import Bench
from tests import servers
from tests.probe.service import MANIFEST, tries


@pytest.fixture
def probe(tmp_path, database_kind, request):
    """The probe service at work, with the clock running."""
    tries.clear()
    urls = {"probe": servers.postgres().create_database()} if database_kind == "postgresql" else {}
    bench = Bench(tmp_path, [MANIFEST], urls=urls)
    bench.start()
    yield bench
    bench.stop()
    for url in urls.values():
        servers.postgres().drop_database(url)
