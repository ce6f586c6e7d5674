"""Text is NFC at every door, derived columns are filled by every kind of insert, indexes fit the database."""

import unicodedata

import pytest
from django.db import connection
from django.db.models.functions import Collate
from django.utils import timezone

from danvan.common.constraints import TrigramIndex
from danvan.common.forms import CharField
from danvan.common.models import signed
from danvan.units.models import Unit
from models_awards.models import Registration
from tests.danvan.common.cast import TODAY, browser, registration_data
from tests.danvan.common.test_text import DICTIONARY
from tests.factories import awards

NFD = unicodedata.normalize("NFD", "Đường hoa Tổ 5 – sạch đẹp")
NFC = unicodedata.normalize("NFC", NFD)


@pytest.mark.embedded
def test_text_is_stored_and_found_in_nfc(cast, campaign):
    row = awards.new_registration(cast.a, campaign, words=NFD)
    row.refresh_from_db()
    assert row.name == f"Mô hình {NFC}" and row.name != f"Mô hình {NFD}"
    assert Registration.objects.get(name=f"Mô hình {NFD}") == row


@pytest.mark.embedded
def test_a_form_brings_nfc_and_one_kind_of_line_end(cast, campaign):
    assert CharField().clean(f"{NFD}\r\ncuối") == f"{NFC}\ncuối"
    browser(cast.officer).post("/dan-van-kheo/dang-ky/them/", registration_data(campaign, cast.a, name=NFD, goals="một\r\nhai"))
    row = Registration.objects.get()
    assert (row.name, row.goals) == (NFC, "một\nhai")


@pytest.mark.embedded
def test_derived_columns_are_filled_by_bulk_inserts_too(cast, campaign):
    first = awards.new_registration(cast.a, campaign, words="gốc")
    values = {f.attname: getattr(first, f.attname) for f in Registration._meta.concrete_fields if not f.primary_key}
    Registration.objects.bulk_create([Registration(**{**values, "name": "Đường hoa Ơ-rê", "search_text": "", "sort_key": ""})])
    row = Registration.objects.get(name="Đường hoa Ơ-rê")
    assert row.search_text.startswith("duong hoa o-re area goc outputs goc")
    assert row.sort_key and row.sort_key != first.sort_key
    row.name = "Ánh sáng"
    row.save()
    assert "anh sang" in Registration.objects.get(pk=row.pk).search_text


@pytest.mark.embedded
def test_the_database_sorts_as_a_dictionary(db):
    Unit.objects.bulk_create(Unit(code=f"U{n}", name=name, scope_path=f"{n}.") for n, name in enumerate(reversed(DICTIONARY[2:])))
    assert list(Unit.objects.order_by("sort_key").values_list("name", flat=True)) == DICTIONARY[2:]


@pytest.mark.django_db
def test_no_collation_changes_the_order():
    Unit.objects.bulk_create(Unit(code=f"U{n}", name=name, scope_path=f"{n}.") for n, name in enumerate(reversed(DICTIONARY[2:])))
    for collation in ("C", "en-x-icu", "vi-x-icu"):
        assert list(Unit.objects.order_by(Collate("sort_key", collation)).values_list("name", flat=True)) == DICTIONARY[2:]


@pytest.mark.embedded
@pytest.mark.django_db
def test_the_trigram_index_stands_on_postgresql_only():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'registration_search'")
            [(definition,)] = cursor.fetchall()
        assert "USING gin (search_text" in definition and "gin_trgm_ops" in definition
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE name = 'registration_search'")
            assert cursor.fetchall() == []
    path, args, kwargs = TrigramIndex("search_text", name="x").deconstruct()
    assert (path, args, kwargs) == ("danvan.common.constraints.TrigramIndex", ["search_text"], {"name": "x"})


def test_a_signed_row_dates_its_history_by_the_business_clock(cast, campaign):
    signed(campaign, cast.reviewer, "Vì mưa").save()
    record = campaign.history.order_by("-history_id").first()
    assert (record.history_user, record.history_change_reason, timezone.localdate(record.history_date)) == (cast.reviewer, "Vì mưa", TODAY)
