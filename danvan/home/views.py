from django.shortcuts import redirect, render

from danvan.access.decorators import requires
from danvan.access.permissions import roles_of
from danvan.access.roles import LEADER
from danvan.home.tasks import home_context


@requires("home.view")
def home(request):
    """The leader begins at the dashboard, everybody else at what is to be done."""
    return redirect("dashboard:dashboard") if LEADER in roles_of(request.user) else tasks(request)


@requires("home.view")
def tasks(request):
    return render(request, "home/home.html", home_context(request.user))
