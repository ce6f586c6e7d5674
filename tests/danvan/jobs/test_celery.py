import gc
import os
import resource
from pathlib import Path

from django.conf import settings

from danvan import celery


def test_beat_sweeps_as_often_as_the_settings_say():
    celery.app.finalize()
    celery.app.loader.import_default_modules()
    [entry] = [entry for entry in celery.app.conf.beat_schedule.values() if entry["task"] == "danvan.jobs.tasks.sweep"]
    assert entry["schedule"] == settings.JOB_SWEEP_SECONDS
    assert "danvan.jobs.tasks.sweep" in celery.app.tasks


def test_reports_see_our_fonts_only():
    assert Path(os.environ["FONTCONFIG_FILE"]).is_file()


def test_a_worker_collects_garbage_rarely_and_has_an_end_of_memory(monkeypatch):
    limits, before = [], gc.get_threshold()
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, values: limits.append(values))
    try:
        celery.prepare_process()
        assert gc.get_threshold()[0] == 200_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
    assert limits == [(celery.MEMORY_LIMIT, resource.RLIM_INFINITY)]
