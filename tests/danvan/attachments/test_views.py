from email.message import Message
from urllib.parse import quote

import pytest
from django.urls import reverse

from danvan.access.roles import ADMINISTRATOR
from danvan.attachments.models import Attachment
from danvan.attachments.services import attachments_of, withdraw
from tests.danvan.attachments import good

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]


@pytest.fixture
def get(client):
    def got(user, attachment, **options):
        client.force_login(user)
        return client.get(attachment.url, **options)

    return got


def body(response):
    return b"".join(response.streaming_content)


# --- download ---------------------------------------------------------------------------


def test_the_own_unit_gets_the_bytes(get, officer, add):
    data = good.docx()
    response = get(officer, add("kế hoạch.docx", data))
    assert body(response) == data
    assert response["Content-Type"].endswith("wordprocessingml.document")


def test_the_headers_let_nothing_run_and_nothing_stay(get, officer, add):
    response = get(officer, add())
    body(response)
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('kế hoạch.pdf')}"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("../../etc/kế hoạch.pdf", "kế hoạch.pdf"),
        ("a\r\nSet-Cookie: x=1\r\n\r\n<script>.pdf", "a Set-Cookie: x=1 <script>.pdf"),
        ("ảnh\u202egpj.exe\u202c.pdf", "ảnhgpj.exe.pdf"),
        ('a"; filename="b.exe.pdf', 'a"; filename="b.exe.pdf'),
    ],
)
def test_a_name_made_to_deceive_comes_back_as_one_harmless_header(get, officer, add, raw, kept):
    response = get(officer, add(raw))
    body(response)
    assert Attachment.objects.get().name == kept
    header = Message()
    header["Content-Disposition"] = response["Content-Disposition"]
    assert (header.get_content_disposition(), header.get_filename()) == ("attachment", kept)
    assert response["Content-Disposition"].isprintable()


def test_the_unit_above_reads_too(get, reviewer, add):
    assert body(get(reviewer, add()))


def test_a_foreign_unit_learns_nothing(get, stranger, add):
    attachment = add()
    assert get(stranger, attachment).status_code == 404
    attachment.pk += 1000
    assert get(stranger, attachment).status_code == 404


def test_a_role_without_files_is_refused(get, new_user, ward, add):
    assert get(new_user("quan-tri", ward, ADMINISTRATOR), add()).status_code == 403


def test_nobody_gets_in_without_an_account(client, add):
    response = client.get(add().url)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:login"))


def test_behind_a_proxy_the_bytes_are_left_to_it(get, officer, add, settings):
    settings.ACCEL_REDIRECT = True
    attachment = add()
    response = get(officer, attachment)
    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/_private/{attachment.file.name}"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def test_a_file_has_no_address_of_its_own(add):
    with pytest.raises(ValueError, match="no address of its own"):
        assert add().file.url


def test_a_withdrawn_file_is_still_there_to_compare(get, officer, add, ward):
    data = good.pdf()
    attachment = withdraw(add(data=data), by=officer, reason="Gửi nhầm")
    assert not attachments_of(ward)
    assert body(get(officer, attachment)) == data


# --- withdrawing ---------------------------------------------------------------------------


@pytest.fixture
def post(client):
    def posted(user, attachment, **form):
        client.force_login(user)
        return client.post(reverse("attachments:withdraw", args=[attachment.pk]), form)

    return posted


def test_the_page_asks_for_the_reason(client, officer, add):
    client.force_login(officer)
    page = client.get(reverse("attachments:withdraw", args=[add().pk]), {"next": "/ho-so/1/"}).content.decode()
    assert "kế hoạch.pdf" in page and "Lý do rút tệp" in page
    assert 'name="next" value="/ho-so/1/"' in page


def test_the_sender_withdraws_with_a_reason(post, officer, add, ward):
    response = post(officer, add(), reason="Gửi nhầm tệp", next="/ho-so/1/#tep")
    assert (response.status_code, response["Location"]) == (302, "/ho-so/1/#tep")
    assert Attachment.objects.get().withdrawn_reason == "Gửi nhầm tệp"
    assert not attachments_of(ward)


def test_no_reason_no_withdrawal(post, officer, add, ward):
    response = post(officer, add(), reason=" ")
    assert response.status_code == 422
    assert attachments_of(ward)


def test_the_way_back_stays_on_this_site(post, officer, add):
    assert post(officer, add(), reason="x", next="https://example.com/")["Location"] == reverse("home:home")


def test_another_reader_is_told_who_may(post, reviewer, add, ward):
    response = post(reviewer, add(), reason="Không cần")
    assert response.status_code == 403
    assert "Chỉ người đã gửi tệp" in response.content.decode()
    assert attachments_of(ward)


def test_a_foreign_unit_cannot_withdraw(post, stranger, add, ward):
    assert post(stranger, add(), reason="x").status_code == 404
    assert attachments_of(ward)
