"""The chain of seals over the events: made each minute, proved by `manage.py verify_audit`."""

import datetime
import hashlib
import json
import logging
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from danvan.audit import append_only
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent, AuditSeal

logger = logging.getLogger("danvan.audit.chain")
FIRST = "0" * 64
DERIVED = {"who_key", "unit_key"}
BATCH = 2000
WAITING = datetime.timedelta(minutes=10)  # an event without a seal for longer is told
AHEAD = datetime.timedelta(minutes=5)  # clocks of several machines differ; an event beyond is told
BACK = datetime.timedelta(days=1)  # how far below the newest seal a late transaction may commit


def event_hash(event):
    """Empty columns are left out: a column added later changes no old hash."""
    columns = {f.attname: getattr(event, f.attname) for f in event._meta.concrete_fields if f.name not in DERIVED}
    told = {name: _plain(value) for name, value in columns.items() if value not in (None, "", {})}
    return _sha256(told)


def link_hash(prev_hash, seq, event_id, event_at, hashed):
    return _sha256([prev_hash, seq, event_id, _plain(event_at), hashed])


def _plain(value):
    return value.astimezone(datetime.UTC).isoformat(timespec="microseconds") if isinstance(value, datetime.datetime) else value


def _sha256(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


# --- sealing ------------------------------------------------------------------------------------


def unsealed():
    return AuditEvent.objects.filter(~Exists(AuditSeal.objects.filter(event_id=OuterRef("pk")))).order_by("pk")


def seal():
    """Seals what waits, in order; returns how many. Of two at once the second finds its number taken and leaves it to the first."""
    last = AuditSeal.objects.last()
    waiting = unsealed().filter(at__gte=min(last.event_at, timezone.now()) - BACK) if last else unsealed()
    done = 0
    while batch := list(waiting[:BATCH]):
        links = list(links_after(last, batch))
        try:
            with transaction.atomic():
                AuditSeal.objects.bulk_create(links)
        except IntegrityError:
            return done
        last, done = links[-1], done + len(links)
    if done:
        logger.info("audit seal %s (%s new)", last, done)  # outside the database: an anchor for verify_audit
    return done


def links_after(last, events):
    seq, before = (last.seq, last.hash) if last else (0, FIRST)
    for event in events:
        seq, hashed = seq + 1, event_hash(event)
        link = link_hash(before, seq, event.pk, event.at, hashed)
        yield AuditSeal(seq=seq, event_id=event.pk, event_at=event.at, event_hash=hashed, prev_hash=before, hash=link)
        before = link


# --- proving ------------------------------------------------------------------------------------


def problems(anchor=None):
    """What is wrong with the log, as sentences. `anchor` is a printed "number:hash": with it a cut-off end is found too."""
    for name in append_only.missing(connection):
        yield f"cơ sở dữ liệu thiếu chốt chặn {name}"
    yield from _broken_links(expired_through())
    late = unsealed().filter(at__lt=timezone.now() - WAITING).count()
    if late:
        yield f"{late} sự kiện chưa được niêm phong sau {WAITING.seconds // 60} phút"
    ahead = AuditEvent.objects.filter(at__gt=timezone.now() + AHEAD).order_by("pk")
    if first := ahead.first():
        yield f"{ahead.count()} sự kiện ghi thời điểm ở tương lai, sớm nhất là sự kiện {first.pk}"
    if anchor:
        seq, _, wanted = anchor.partition(":")
        kept = AuditSeal.objects.filter(seq=seq).first() if seq.isascii() and seq.isdigit() else None
        if kept is None:
            yield f"không có mắt xích {seq}: phần cuối của nhật ký đã mất"
        elif kept.hash != wanted:
            yield f"mắt xích {seq} khác mã băm đã in: nhật ký đã được viết lại"


def expired_through():
    """The last link whose event is gone because its time was over. A younger one cannot be excused this way, nor by a later clock."""
    through = 0
    for event in AuditEvent.objects.filter(kind=Kind.RETENTION, detail__has_key="through"):
        floor = min(event.at, timezone.now()) - datetime.timedelta(days=append_only.FLOOR_DAYS)
        if not AuditSeal.objects.filter(seq__lte=event.detail["through"], event_at__gte=floor).exists():
            through = max(through, event.detail["through"])
    return through


def _broken_links(through):
    seq, before = 0, FIRST
    links = AuditSeal.objects.order_by("seq").iterator(BATCH)
    while batch := list(islice(links, BATCH)):
        events = AuditEvent.objects.in_bulk([link.event_id for link in batch])
        for link in batch:
            if link.seq != seq + 1:
                yield f"mất các mắt xích từ {seq + 1} đến {link.seq - 1}"
            elif link.prev_hash != before:
                yield f"mắt xích {link.seq} không nối với mắt xích trước"
            if link.hash != link_hash(link.prev_hash, link.seq, link.event_id, link.event_at, link.event_hash):
                yield f"mắt xích {link.seq} đã bị sửa"
            yield from _broken_event(link, events.get(link.event_id), through)
            seq, before = link.seq, link.hash


def _broken_event(link, event, through):
    if event is None and link.seq > through:
        yield f"mất sự kiện {link.event_id} (mắt xích {link.seq})"
    elif event is not None and event_hash(event) != link.event_hash:
        yield f"sự kiện {link.event_id} (mắt xích {link.seq}) đã bị sửa"
