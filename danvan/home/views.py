from django.shortcuts import render

from danvan.access.decorators import requires
from danvan.home.tasks import home_context


@requires("home.view")
def home(request):
    return render(request, "home/home.html", home_context(request.user))
