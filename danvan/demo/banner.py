"""What every page of the demo says on top: which invented place it is, and the day of its clock."""

from django.conf import settings

from danvan.common import clock
from danvan.demo.profiles import chosen_profile


def banner(request):
    return {"demo": {"today": clock.today(), "text": chosen_profile().text} if settings.DEMO else None}
