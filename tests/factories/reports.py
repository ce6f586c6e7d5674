"""Regimes, periods, submissions and reports, each walked to its status through the services."""

import datetime

from danvan.jobs import services as jobs
from danvan.jobs import worker
from danvan.reporting import production
from danvan.reporting import services as reporting
from danvan.reporting.kinds import KINDS
from danvan.submissions import services
from danvan.submissions.figures import TYPED
from danvan.submissions.models import Period, Regime
from danvan.units.models import Kind
from tests.factories.pdf import tiny_pdf

PARAGRAPHS = [
    ["ket_qua", "Kết quả nổi bật"],
    ["han_che", "Hạn chế, nguyên nhân"],
    ["phuong_huong", "Phương hướng"],
    ["kien_nghi", "Kiến nghị"],
]
# What a ward types, within the rules of danvan.submissions.figures.RULES.
SMALL = {
    "hg_total": 12, "hg_success": 9, "hg_fail": 2, "tcd_turns": 40, "dt_carried": 3, "dt_in": 17, "dt_done": 15,
    "mc_files": 900, "mc_ontime": 890, "cuoi_total": 30, "cuoi_vm": 28, "tang_total": 21, "tang_vm": 20, "tt_sessions": 14, "tt_turns": 700,
}  # fmt: skip


def new_regime(code="nam", name="Báo cáo năm của phường", unit_kind=Kind.WARD):
    values = {"name": name, "unit_kind": unit_kind, "typed_codes": [item.code for item in TYPED], "paragraphs": PARAGRAPHS}
    return Regime.objects.get_or_create(code=code, defaults=values)[0]


def new_period(unit, code, regime, *, words="", published=True):
    from danvan.figures.periods import span_of, words_of

    starts_on, ends_on = span_of(code)
    opens_on = ends_on - datetime.timedelta(days=30)
    return Period.objects.create(
        regime=regime, unit=unit, code=code, name=f"{words_of(code)} {words}".strip(), starts_on=starts_on, ends_on=ends_on,
        opens_on=opens_on, due_on=ends_on + datetime.timedelta(days=15), review_due_on=ends_on + datetime.timedelta(days=30),
        published_on=opens_on if published else None,
    )  # fmt: skip


def fill(submission, *, by, words="", **figures):
    return services.fill(
        submission, by=by, base=submission.version, values={**SMALL, **figures},
        narrative={key: f"{title}: {words}" for key, title in PARAGRAPHS}, explanations={"hg_total": f"Vì {words}"},
    )  # fmt: skip


def sent(period, unit, *, officer, head, words="", **figures):
    submission = fill(services.start(period, unit, by=officer), by=officer, words=words, **figures)
    services.hand_to_head(submission, by=officer)
    services.send(submission, by=head)
    return submission


def accepted(period, unit, *, officer, head, reviewer, **values):
    return services.accept(sent(period, unit, officer=officer, head=head, **values), by=reviewer)


def returned(period, unit, *, officer, head, reviewer, words="", **figures):
    submission = sent(period, unit, officer=officer, head=head, words=words, **figures)
    remarks = {"hg_total": f"Xem lại số vụ {words}", "loi_van:han_che": f"Viết rõ hơn {words}"}
    services.return_submission(submission, by=reviewer, remarks=remarks, due_on=datetime.date(2020, 1, 11))
    return submission


def produced(unit, period, *, by, words, kind="unit", monkeypatch):
    """A report with one version. The snapshot is real, the PDF says `words`: the typesetter has its own tests."""
    report = reporting.open_report(KINDS[kind], unit, period, by=by)
    report.title = f"{report.title} {words}"
    narrative = {code: f"Lời văn {words}" for code in KINDS[kind].free}
    reporting.write_narrative(report, by=by, base=report.version, narrative=narrative)
    asked = reporting.produce(report, by=by, override_reason=f"Lập sớm {words}", reason=f"Bản đầu {words}")
    with monkeypatch.context() as patch:
        patch.setattr(production, "rendered", lambda snapshot, figures=False: tiny_pdf(f"{'Figures' if figures else 'Report'} {words}"))
        run(asked)
    report.refresh_from_db()
    return report


def run(job):
    """What a worker does with a job, in this process."""
    claimed = jobs.claim(job.pk)
    jobs.finish(claimed, worker.handle(claimed))
    return claimed
