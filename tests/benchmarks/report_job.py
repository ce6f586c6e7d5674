"""A worker's whole work for the demo's annual report, from a cold start: snapshot, report, list of figures, files in place.

report_job.py --parts CSS REPORT FIGURES    writes what plain_pdf.py reads instead.
"""

import sys
from pathlib import Path

import django


def work():
    from danvan.celery import prepare_process
    from danvan.jobs.models import Job
    from danvan.jobs.outputs import publish
    from danvan.reporting.production import make_version

    prepare_process()
    result = make_version(Job.objects.get(kind="report"), lambda percent, step="": None)
    for output in result.outputs:
        publish(output)
        print(output.path)


def write_parts(css, report, figures):
    from django.template.loader import render_to_string

    from danvan.reporting.models import Report
    from danvan.reporting.rendering.html import profile_of, render_figures_html, render_html
    from danvan.reporting.rendering.profiles import PROFILES
    from danvan.reporting.rendering.text import FONTS
    from danvan.reporting.snapshot import of_report

    snapshot = of_report(Report.objects.get(kind="annual"))
    Path(report).write_text(render_html(snapshot))
    Path(figures).write_text(render_figures_html(snapshot))
    style = {"profile": PROFILES[profile_of(snapshot).code], "fonts": FONTS.as_uri()}
    Path(css).write_text(render_to_string("reports/document.css", style))


django.setup()
write_parts(*sys.argv[2:]) if sys.argv[1:2] == ["--parts"] else work()
