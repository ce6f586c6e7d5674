import pytest
from django.db import OperationalError

pytestmark = pytest.mark.embedded


def test_healthz_asks_nobody(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_is_ready_with_database_broker_and_storage(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_names_what_is_down(client, monkeypatch, settings, tmp_path):
    def gone():
        raise OperationalError("server closed the connection")

    (tmp_path / "file").touch()
    monkeypatch.setattr("django.db.connection.cursor", gone)
    monkeypatch.setattr("danvan.operations.health.broker_answers", lambda seconds: False)
    settings.PRIVATE_ROOT = tmp_path / "file" / "below"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content.decode() == "không sẵn sàng: database, broker, storage\n"


def test_readyz_does_not_hang_on_a_silent_broker(client, db, silent_broker):
    response = client.get("/readyz")
    assert response.content.decode() == "không sẵn sàng: broker\n"
