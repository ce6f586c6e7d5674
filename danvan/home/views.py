from django.shortcuts import redirect, render

from danvan.access.decorators import requires
from danvan.home.navigation import start_of
from danvan.home.tasks import home_context


@requires("home.view")
def home(request):
    """The leader begins at the dashboard, an administrator at the accounts, everybody else at what is to be done."""
    start = start_of(request.user)
    return redirect(start) if start else tasks(request)


@requires("home.view")
def tasks(request):
    return render(request, "home/home.html", home_context(request.user))
