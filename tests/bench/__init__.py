"""Benches measure a database that is as durable as in production."""

import os

os.environ.setdefault("TEST_POSTGRES_FSYNC", "on")
