"""The old password on the page that changes it: a stolen session must not be a place to guess at leisure."""

import pytest

from danvan.accounts.models import GuessPace, User
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from tests.danvan.accounts.signing import PASSWORD, page_of, sign_in, with_password

CHANGE = "/tai-khoan/mat-khau/"
NEW = "bèo-dạt-mây-trôi-2"


def change(client, old, new=NEW):
    return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": new})


@pytest.mark.embedded
def test_guessing_the_old_password_is_told_and_locks(cast):
    with_password(cast.officer)
    client = sign_in("phuong-a")
    answers = [change(client, "sai-rồi-nhé") for _ in range(5)]
    assert AuditEvent.objects.filter(kind=Kind.LOGIN_FAILED).count() >= 4 and GuessPace.objects.filter(username="phuong-a").exists()
    assert answers[-1].status_code == 429 and "tạm bị khóa" in page_of(answers[-1])
    assert change(client, PASSWORD).status_code == 429
    assert not User.objects.get(pk=cast.officer.pk).check_password(NEW)


def test_a_right_old_password_changes_it_and_forgets_the_pace(cast):
    with_password(cast.officer)
    client = sign_in("phuong-a")
    wrong = change(client, "sai-rồi-nhé")
    assert wrong.status_code == 422 and "Sai tên đăng nhập hoặc mật khẩu" in page_of(wrong)
    assert change(client, PASSWORD).status_code == 302
    assert User.objects.get(pk=cast.officer.pk).check_password(NEW)
    assert not GuessPace.objects.filter(username="phuong-a").exists()


def test_the_box_of_the_new_password_tells_nothing_about_the_old_one(cast):
    with_password(cast.officer)
    answer = change(sign_in("phuong-a"), "sai-rồi-nhé", new=PASSWORD)
    assert answer.status_code == 422 and "phải khác mật khẩu đang dùng" not in page_of(answer)
    again = change(sign_in("phuong-a"), PASSWORD, new=PASSWORD)
    assert "phải khác mật khẩu đang dùng" in page_of(again)
