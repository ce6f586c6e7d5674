"""The safety nets of tests/conftest.py hold."""

import socket

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.conftest import is_local


def test_an_unknown_template_variable_fails_with_its_name():
    with pytest.raises(AssertionError, match="unit.nmae"):
        Template("{{ unit.nmae }}").render(Context({"unit": object()}))


def test_a_condition_may_ask_for_a_variable_that_is_not_there():
    assert Template("{% if missing %}a{% else %}b{% endif %}").render(Context()) == "b"


def test_a_default_says_that_a_variable_may_be_missing():
    template = "{{ missing|default:'a' }}{{ missing|default:other|upper }}"
    assert Template(template).render(Context({"other": "b"})) == "ab"
    with pytest.raises(AssertionError, match="missing"):
        Template("{{ missing|upper }}").render(Context())


def test_templates_of_libraries_keep_djangos_habit():
    assert "paginator" in render_to_string("admin/pagination.html")


def test_the_network_is_out_of_reach():
    with socket.socket() as probe, pytest.raises(AssertionError, match="192.0.2.1"):
        probe.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("example.org", False), ("10.0.0.1", False)]
)
def test_what_is_local(host, local):
    assert is_local(host) is local
