from danvan.audit.choices import Kind
from danvan.audit.services import keep_pending, record_event


def audited(get_response):
    """Stands outside every transaction of the request: refusals are recorded, and what must survive is written."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if response.status_code == 403 and user is not None and user.is_authenticated:
            record_event(Kind.DENIED, request=request, detail={"path": request.path[:200], "method": request.method})
        keep_pending(request)
        return response

    return middleware
