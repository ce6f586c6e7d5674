"""What a record was judged by stays with it: who sent the file does not take it back afterwards."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.attachments.permissions import can_withdraw
from danvan.attachments.services import attach, withdraw
from danvan.common.exceptions import Refused
from danvan.submissions.choices import Status
from danvan.submissions.models import Submission
from dialogues.models import Commitment
from models_awards.choices import Stage
from models_awards.models import Registration
from supervision.models import Recommendation
from tests.danvan.attachments import good
from tests.danvan.common.cast import TODAY, browser
from tests.factories import awards, dialogues, reports, supervision

pytestmark = pytest.mark.embedded


def added(row, by, **options):
    return attach(row, SimpleUploadedFile("bản ký.pdf", good.pdf()), unit_id=row.unit_id, by=by, **options)


def is_kept(file, by, words):
    file.refresh_from_db()
    with pytest.raises(Refused, match=words):
        withdraw(file, by=by, reason="Gửi nhầm")
    file.refresh_from_db()
    assert file.withdrawn_at is None


def test_the_signed_copy_of_a_sent_report_stays(cast, period):
    submission = reports.accepted(period, cast.a, officer=cast.officer, head=cast.head, reviewer=cast.reviewer)
    file = added(submission, cast.head, purpose="ban_ky")
    is_kept(file, cast.head, "đã gửi hoặc đã duyệt")
    answer = browser(cast.head).post(reverse("attachments:withdraw", args=[file.pk]), {"reason": "x"})
    assert answer.status_code == 403
    Submission.objects.filter(pk=submission.pk).update(status=Status.RETURNED, accepted_on=None)
    file.refresh_from_db()
    withdraw(file, by=cast.head, reason="Ký lại")


def test_the_evidence_of_a_confirmed_commitment_stays(cast):
    question = dialogues.new_question(dialogues.new_dialogue(cast.a, words="đô thị"), words="rãnh")
    row = dialogues.new_commitment(question, cast.b, words="nạo vét")
    file = added(row, cast.officer)
    assert can_withdraw(cast.officer, file)
    Commitment.objects.filter(pk=row.pk).update(status="hoan_thanh", done_on=TODAY, confirmed_on=TODAY)
    is_kept(file, cast.officer, "đã xác nhận hoàn thành")


def test_the_evidence_of_a_judged_registration_stays(cast, campaign):
    row = awards.new_registration(cast.a, campaign, words="gốc")
    file = added(row, cast.officer)
    assert can_withdraw(cast.officer, file)
    Registration.objects.filter(pk=row.pk).update(
        status=Stage.RECOGNISED, recognised_on=datetime.date(2019, 11, 1), recognised_level="quan"
    )
    is_kept(file, cast.officer, "đã có kết quả xét")


def test_the_evidence_of_a_verified_reply_stays(cast):
    row = supervision.new_recommendation(cast.b, cast.a, words="vệ sinh")
    row = supervision.replied(row, by=cast.officer, words="đã dọn")
    file = attach(row, SimpleUploadedFile("a.pdf", good.pdf()), unit_id=cast.a.pk, addressed_to_id=cast.b.pk, by=cast.officer)
    assert can_withdraw(cast.officer, file)
    Recommendation.objects.filter(pk=row.pk).update(status="da_xac_minh", verified_on=TODAY)
    is_kept(file, cast.officer, "đã xác minh")
