"""Production refuses to start half-configured; its settings pass Django's own deployment checks."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from cms.launch.tasks import PRODUCTION_SAMPLE
from cms.settings.database import database_config
from cms.settings.mail import mail_config, webhook_hosts


def check(environment, *arguments):
    clean = {name: value for name, value in os.environ.items() if name not in PRODUCTION_SAMPLE}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env={**clean, **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "LINLI_MASTER_KEY"])
def test_production_does_not_start_without(name):
    result = check({key: value for key, value in PRODUCTION_SAMPLE.items() if key != name})
    assert result.returncode != 0
    assert f"Linli does not start without: {name} (" in result.stderr


def test_production_does_not_start_with_a_poor_master_key():
    result = check({**PRODUCTION_SAMPLE, "LINLI_MASTER_KEY": "secret"})
    assert result.returncode != 0
    assert "LINLI_MASTER_KEY must be 64 hexadecimal digits" in result.stderr


def test_production_settings_pass_the_deployment_checks():
    result = check(PRODUCTION_SAMPLE, "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


class TestDatabaseUrl:
    def test_absent_means_sqlite_that_queues_writers_and_reaches_the_disk(self, tmp_path):
        config = database_config(None, default=tmp_path / "a.sqlite3")
        assert config["ENGINE"].endswith("sqlite3")
        assert config["NAME"] == str(tmp_path / "a.sqlite3")
        assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert config["OPTIONS"]["timeout"] == 20
        assert "synchronous=FULL" in config["OPTIONS"]["init_command"]

    def test_sqlite_by_name(self, tmp_path):
        assert database_config("sqlite:////srv/my%20linli.sqlite3", default=tmp_path)["NAME"] == "/srv/my linli.sqlite3"

    def test_sqlite_by_a_relative_name_is_refused(self, tmp_path):
        with pytest.raises(ValueError, match="from the root"):
            database_config("sqlite:///linli.sqlite3", default=tmp_path)

    def test_postgresql_with_everything(self, tmp_path):
        config = database_config("postgresql://lin%40li:p%3Aw@db.example:5433/linli?sslmode=require", default=tmp_path)
        assert config["ENGINE"].endswith("postgresql")
        assert (config["USER"], config["PASSWORD"]) == ("lin@li", "p:w")
        assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "linli")
        assert config["OPTIONS"]["sslmode"] == "require"

    def test_another_scheme_is_refused(self, tmp_path):
        with pytest.raises(ValueError, match="not mysql://"):
            database_config("mysql://x/y", default=tmp_path)


class TestMail:
    def test_by_one_variable(self):
        config = mail_config("smtp://li%40x.cn:p%3Aw@mail.example")
        assert (config["EMAIL_HOST"], config["EMAIL_PORT"], config["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
        assert (config["EMAIL_HOST_USER"], config["EMAIL_HOST_PASSWORD"]) == ("li@x.cn", "p:w")
        assert mail_config("smtps://mail.example")["EMAIL_USE_SSL"]

    def test_without_it_mail_goes_nowhere(self):
        assert mail_config(None)["EMAIL_BACKEND"].endswith("dummy.EmailBackend")

    @pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example"])
    def test_anything_else_is_refused(self, url):
        with pytest.raises(ValueError, match="smtp"):
            mail_config(url)

    def test_hosts_of_bots(self):
        assert webhook_hosts("Chat.example=wecom, b.example=feishu") == {"chat.example": "wecom", "b.example": "feishu"}
        with pytest.raises(ValueError, match="LINLI_WEBHOOK_HOSTS"):
            webhook_hosts("chat.example=pigeon")
