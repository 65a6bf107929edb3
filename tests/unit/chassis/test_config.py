from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.chassis.config import Config, ConfigError


def test_config_of_an_empty_environment_is_embedded():
    config = Config.from_environ({})
    assert config.embedded
    assert config.database_url_of("booking") == f"sqlite:///{Path('.madang/booking').absolute()}.db"


def test_config_reads_every_kind_of_value():
    config = Config.from_environ(
        {"MADANG_PORT": "9000", "MADANG_CLOCK": "2020-03-10T09:00:00+09:00", "MADANG_OUTSIDE_SOURCES": "district city"}
    )
    assert (config.port, config.outside_sources) == (9000, ("district", "city"))
    assert config.clock_start == datetime(2020, 3, 10, tzinfo=UTC)


def test_config_names_every_wrong_variable_at_once():
    environ = {
        "MADANG_PORT": "70000",
        "MADANG_CLOCK": "2020-03-10T09:00:00",
        "MADANG_SMTP_URL": "mail.example.org",
        "MADANG_DEV_LOGIN": "yes",
        "MADANG_MAX_WORKERS": "0",
    }
    with pytest.raises(ConfigError) as caught:
        Config.from_environ(environ)
    assert {line.split("=")[0] for line in str(caught.value).splitlines()} == environ.keys()


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("centre.example", False)],
)
def test_development_login_is_for_loopback_only(host, allowed):
    environ = {"MADANG_DEV_LOGIN": "1", "MADANG_HOST": host}
    if allowed:
        assert Config.from_environ(environ).dev_login
    else:
        with pytest.raises(ConfigError, match="loopback"):
            Config.from_environ(environ)


@pytest.mark.parametrize("url", ["mysql://db/booking", "postgresql+psycopg://db/booking", "booking.db"])
def test_database_that_cannot_be_used_is_told_without_its_password(url):
    with pytest.raises(ConfigError, match="database of booking"):
        Config.from_environ({"MADANG_BOOKING_DATABASE_URL": url})


def test_database_of_a_service_comes_before_the_one_of_all():
    config = Config.from_environ(
        {"DATABASE_URL": "postgresql://db/{service}", "MADANG_NOTIFY_DATABASE_URL": "postgresql://other/mail"}
    )
    assert config.database_url_of("booking") == "postgresql://db/booking"
    assert config.database_url_of("notify") == "postgresql://other/mail"
