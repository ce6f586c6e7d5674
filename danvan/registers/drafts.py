"""Drafts while typing, receipts on saving."""

import json
import uuid

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.registers.models import Draft, Receipt

TYPED = (forms.CharField, forms.IntegerField)  # what is typed, not chosen
MOST = 200  # drafts of one person; those that are saved or run out make room
MOST_BYTES = 1024 * 1024  # of one draft; the longest form of the portal needs a tenth
OWN_FIELDS = {"_key", "_version", "_draft", "_reason", "csrfmiddlewaretoken"}


def key_of(data):
    """The uuid of the rendered form; a form without a readable one gets a new key and so can never be doubled."""
    try:
        return uuid.UUID(data.get("_key", ""))
    except ValueError:
        return uuid.uuid4()


def whole_number(value):
    """A number of a hidden field, or None when somebody changed it to something else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def typed_again(data):
    """What was typed, for the hidden fields of a page that asks whether to save it over."""
    return [(name, value) for name in data if name not in OWN_FIELDS for value in data.getlist(name)]


def refused(request, refusal, fields):
    """The refusal with what was typed below it, to be copied: the record closed while somebody was typing."""
    texts = [(field.label, request.POST.get(name, "").strip()) for name, field in fields.items() if isinstance(field, TYPED)]
    typed = [{"label": label, "text": text} for label, text in texts if text]
    return render(request, "403.html", {"reason": refusal.message, "typed": typed}, status=403)


def save_draft(user, form_code, data, object_id=None):
    """Keeps what was typed, whatever its state, or raises Refused. The draft of another user's form is never touched."""
    payload = clean({name: data.getlist(name) for name in data if name not in OWN_FIELDS})
    check_room(user, key_of(data), payload)
    values = {
        "form": form_code, "object_id": object_id, "base_version": whole_number(data.get("_version")), "payload": payload,
        "saved_at": clock.now(),
    }  # fmt: skip
    try:
        with transaction.atomic():
            return Draft.objects.update_or_create(key=key_of(data), user=user, defaults=values)[0]
    except IntegrityError:  # the key names a draft of somebody else
        return Draft.objects.create(key=uuid.uuid4(), user=user, **values)


def check_room(user, key, payload):
    if len(json.dumps(payload, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refused(f"Nội dung dài quá {MOST_BYTES // 1024} KB nên không giữ nháp được. Anh/chị chuyển phần dài vào tệp đính kèm.")
    mine = Draft.objects.filter(user=user)
    if mine.count() >= MOST and not mine.filter(key=key).exists():
        raise Refused(
            f"Anh/chị đang có {MOST} bản nháp, là số nhiều nhất được giữ, nên chưa giữ thêm được bản này. "
            f"Hãy lưu bớt các bản nháp ở mục Việc cần làm; bản nháp cũ tự hết hạn sau {settings.DRAFT_KEEP_DAYS} ngày."
        )


def keep(user, form_code, data, object_id=None):
    """For a page that shows the typed text anyway: a draft without room is passed over."""
    try:
        return save_draft(user, form_code, data, object_id)
    except Refused:
        return Draft(key=key_of(data), user=user)


def autosaved(user, form_code, data, object_id=None):
    """The answer to the page that saves by itself: the time, or the sentence that it shows."""
    try:
        return saved_reply(save_draft(user, form_code, data, object_id))
    except Refused as refusal:
        return JsonResponse({"reason": refusal.message}, status=422)


def clean(payload):
    """PostgreSQL refuses a NUL character inside JSON."""
    return json.loads(json.dumps(payload).replace("\\u0000", ""))


def draft_of(user, params, form_code, object_id=None):
    """The draft named in the address, if it belongs to this user and this form."""
    try:
        key = uuid.UUID(params.get("ban-nhap", ""))
    except ValueError:
        return None
    return Draft.objects.filter(key=key, user=user, form=form_code, object_id=object_id).first()


def drafts_of(user, form_code=None, object_id=None):
    found = Draft.objects.filter(user=user)
    return found.filter(form=form_code, object_id=object_id) if form_code else found


def hand_over(leaver, successor):
    """The typed text stays as it is; it opens and is saved in the name of the successor."""
    Draft.objects.filter(user=leaver).update(user=successor)


def receipt_of(user, key):
    return Receipt.objects.filter(user=user, key=key).first()


def settle(user, key, url):
    """Written in the transaction that saved the record: a second equal submit meets the unique constraint."""
    Receipt.objects.create(user=user, key=key, url=url)
    Draft.objects.filter(user=user, key=key).delete()


def saved_reply(draft):
    return JsonResponse({"at": timezone.localtime(draft.saved_at).strftime("%H:%M")})
