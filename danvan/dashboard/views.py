"""The dashboard of the office, and the duties behind each of its cells."""

from django.shortcuts import get_object_or_404, render

from danvan.access.decorators import requires
from danvan.common import clock
from danvan.dashboard import completeness, duty_list, parts, selectors, situation
from danvan.figures.periods import words_of
from danvan.units.models import Unit

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@requires("dashboard.view")
def dashboard(request):
    board = selectors.board_of(request.user, request.GET.get("ky", ""))
    grid = completeness.grid(
        board.duties,
        key=board.key,
        months=board.months,
        places=board.places,
        reports=selectors.reports_by_unit(board),
        today=board.today,
    )
    context = {
        "board": board,
        "period_words": words_of(board.key),
        "now": clock.now(),
        "weekday": WEEKDAYS[board.today.weekday()],
        "present": request.GET.get("trinh-chieu") == "1",
        "paragraph": situation.paragraph(board),
        "tiles": situation.headlines(board),
        "grid": grid,
        "sent_url": selectors.sent_url(board),
        "recommendations": parts.recommendations(board),
        "funnel": parts.funnel(board),
        "compared": parts.year_on_year(board),
    }
    return render(request, "dashboard/dashboard.html", context)


@requires("dashboard.view")
def duties(request):
    """The duties behind a cell (unit and month), a row (unit) or a sum (month) of the grid."""
    asked = request.GET.get("don_vi", "")
    unit = (
        get_object_or_404(Unit.objects.visible_to(request.user), pk=asked)
        if asked.isdecimal() and asked.isascii() and len(asked) < 19
        else None
    )
    context = duty_list.duties_of(request.user, unit, request.GET.get("thang", ""), request.GET.get("ky", ""))
    return render(request, "dashboard/duties.html", context)
