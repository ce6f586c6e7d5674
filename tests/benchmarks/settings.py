"""The product's own settings, plus the two pages that it is measured against."""

from danvan.settings import *  # noqa: F403
from danvan.settings import STORAGES

ROOT_URLCONF = "tests.benchmarks.urls"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
