"""The story of the modules once more, on PostgreSQL and Redis with the compose file's own commands."""

import shutil

import pytest
from django.conf import settings

from tests.danvan.operations.databases import new_database, url_of
from tests.e2e.conftest import PASSWORD
from tests.e2e.production import ProductionPortal
from tests.e2e.test_modules_story import story
from tests.roles import ROLE

pytestmark = [pytest.mark.e2e, pytest.mark.smoke]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    if settings.EMBEDDED or not shutil.which("openssl"):
        pytest.skip("production runs on PostgreSQL and Redis, behind TLS made with openssl")
    folder = tmp_path_factory.mktemp("production")
    app = url_of("danvan_e2e", user=ROLE)
    with new_database("danvan_e2e") as owner, ProductionPortal(folder, owner, app, PASSWORD).running() as running:
        yield running


def test_the_modules_story_in_the_production_shape(officer):
    story(officer)
