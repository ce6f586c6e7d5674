"""One flaw for each rule of rules.yml and for bandit. Never imported."""

import pickle
import urllib.request

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe

from models_awards.models import Registration


def anybodys_row(request, pk):
    # ruleid: object-without-scope
    return get_object_or_404(Registration, pk=pk)


def own_row(request, pk):
    # ok: object-without-scope
    return get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)


def search(request):
    with connection.cursor() as cursor:
        # ruleid: sql-made-of-text
        cursor.execute(f"SELECT 1 FROM models_awards_registration WHERE name = '{request.GET['q']}'")
        # ok: sql-made-of-text
        cursor.execute("SELECT 1 FROM models_awards_registration WHERE name = %s", [request.GET["q"]])


def hello(request):
    # ruleid: html-made-of-text
    return HttpResponse(f"Chào {request.GET['name']}")


def bold(name):
    # ruleid: html-made-of-text
    return mark_safe("<b>" + name + "</b>")


def onwards(request):
    # ruleid: way-out-of-the-site
    return redirect(request.GET.get("next"))


def accept(submission):
    # ruleid: status-past-the-table
    submission.status = "accepted"


def fetch(request):
    # ruleid: address-fetched-by-the-server
    return urllib.request.urlopen(request.GET["address"])


def load(data):
    return pickle.loads(data)
