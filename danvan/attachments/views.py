from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from danvan.access.decorators import requires
from danvan.attachments.forms import WithdrawForm
from danvan.attachments.models import Attachment, Kind
from danvan.attachments.permissions import check_can_download, check_can_withdraw
from danvan.attachments.services import withdraw
from danvan.audit.choices import Kind as Event
from danvan.audit.services import record_event
from danvan.common.http import safe_next

_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
}
# django-csp leaves a policy alone that a view has set.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@requires("file.view")
@require_safe
def download(request, pk):
    """Nobody knows what a file tells about people, so each download is an event: the record and the number, not the file's name."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    check_can_download(attachment)
    record_event(Event.DOWNLOAD, request=request, obj=attachment.owner, detail={"attachment": attachment.pk})
    response = by_proxy(attachment) if getattr(settings, "ACCEL_REDIRECT", False) else by_django(attachment)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def by_django(attachment):
    return FileResponse(attachment.file.open("rb"), as_attachment=True, filename=attachment.name, content_type=MEDIA_TYPES[attachment.kind])


def by_proxy(attachment):
    """The proxy sends the bytes from its internal location /_private/, which stands for PRIVATE_ROOT."""
    response = HttpResponse(content_type=MEDIA_TYPES[attachment.kind])
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["X-Accel-Redirect"] = "/_private/" + quote(attachment.file.name)
    return response


@requires("file.view")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_view(request, pk):
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    check_can_withdraw(request.user, attachment)
    form = WithdrawForm(request.POST or None)
    back = safe_next(request, page_of(attachment.owner))
    if request.method == "POST" and form.is_valid():
        withdraw(attachment, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã rút tệp “{attachment.name}”.")
        return redirect(back)
    context = {"attachment": attachment, "form": form, "back": back}
    return render(request, "attachments/withdraw.html", context, status=422 if form.errors else 200)


def page_of(owner):
    return owner.get_absolute_url() if hasattr(owner, "get_absolute_url") else reverse("home:home")
