"""The files of a version, to whom the report is visible."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404

from danvan.access.decorators import requires
from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.reporting.pages import report_or_404

ENDINGS = {"pdf": ("path", ""), "chi-tieu.pdf": ("figures_path", "-chi-tieu")}


@requires("report.view")
def file(request, pk, ending, number=None):
    """The PDF of a version (the newest without `number`), or its list of figures."""
    report = report_or_404(request, pk)
    rows = report.versions.all() if number is None else report.versions.filter(number=number)
    version = rows.first()
    if version is None or ending not in ENDINGS:
        raise Http404
    column, tail = ENDINGS[ending]
    path = Path(settings.PRIVATE_ROOT) / getattr(version, column)
    if not path.exists():
        raise Http404
    name = f"{report.kind}-{report.unit.code}-{report.period}-ban-{version.number:02d}{tail}.pdf"
    record_event(Kind.DOWNLOAD, request=request, obj=report, detail={"file": name})
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf", headers=headers)
