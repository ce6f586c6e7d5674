from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.catalogues.models import FieldOfWork
from danvan.common import clock
from danvan.common import models as common
from danvan.common.constraints import SameUnit, TrigramIndex, UnitKey
from danvan.units.models import Unit
from models_awards import choices


class Campaign(common.Versioned):
    """The year's call to register. Its unit publishes it downwards: units below read it and register in it."""

    SCOPE = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị phát động")
    year = models.PositiveSmallIntegerField("năm")
    name = common.CharField("tên đợt", max_length=200)
    opens_on = models.DateField("nhận đăng ký từ")
    closes_on = models.DateField("nhận đăng ký đến")
    late_until = models.DateField("bổ sung đăng ký bỏ sót đến", help_text="Sau ngày này đơn vị không thêm, sửa đăng ký được nữa.")
    guidance = common.TextField("hướng dẫn", blank=True)
    published_on = models.DateField("ngày phát động", null=True, blank=True)
    search_text = common.SearchTextField(sources=("name", "year"))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "đợt đăng ký"
        verbose_name_plural = "đợt đăng ký"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], name="campaign_one_a_year", violation_error_message="Năm này đã có đợt đăng ký."
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")) & Q(closes_on__lte=F("late_until")),
                name="campaign_dates_in_order",
                violation_error_message="Ngày bắt đầu, ngày kết thúc và hạn bổ sung phải theo thứ tự.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        return self.opens_on <= clock.today() <= self.late_until


class Registration(common.Versioned):
    """One mô hình or điển hình of one year: the nine boxes of the registration form, and how far it has come.

    Figures count the dates (`registered_on`, `recognised_on`), never the present stage.
    """

    SCOPE = ("unit",)
    TRANSITIONS = choices.TRANSITIONS

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="registrations", verbose_name="đợt đăng ký")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=20, choices=choices.ModelKind.choices)
    subject_type = models.CharField("chủ thể", max_length=20, choices=choices.SubjectType.choices)
    field = models.ForeignKey(FieldOfWork, models.PROTECT, related_name="+", verbose_name="lĩnh vực")
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name="tiếp tục từ")
    registered_on = models.DateField("ngày đăng ký")
    households = models.PositiveIntegerField("số hộ tham gia", null=True, blank=True)
    # the nine boxes; the first is the name
    name = common.CharField("tên mô hình, điển hình", max_length=300)
    situation = common.TextField("thực trạng, lý do")
    goals = common.TextField("mục tiêu, tiêu chí")
    content = common.TextField("nội dung, cách thức")
    area = common.TextField("địa bàn, đối tượng")
    forces = common.TextField("lực lượng", help_text="Ai chủ trì, phối hợp, tham gia và vai trò của từng lực lượng.")
    resources = common.TextField("nguồn lực và thời gian")
    outputs = common.TextField("sản phẩm, kết quả đầu ra", help_text="Ghi kết quả kiểm chứng được, ví dụ số hộ, số công trình.")
    sustainability = common.TextField("khả năng duy trì, nhân rộng")

    status = models.CharField("bước", max_length=20, choices=choices.Stage.choices, default=choices.Stage.REGISTERED, editable=False)
    surveyed_on = models.DateField("ngày khảo sát", null=True, blank=True, editable=False)
    appraised_on = models.DateField("ngày thẩm định", null=True, blank=True, editable=False)
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True, editable=False)
    recognised_level = models.CharField("cấp công nhận", max_length=20, choices=choices.Level.choices, blank=True, editable=False)
    withdrawn_on = models.DateField("ngày rút", null=True, blank=True, editable=False)

    search_text = common.SearchTextField(sources=("name", "area", "outputs"))
    sort_key = common.SortKeyField(sources=("name",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key"])

    class Meta:
        verbose_name = "đăng ký Dân vận khéo"
        verbose_name_plural = "đăng ký Dân vận khéo"
        ordering = ["-registered_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "registered_on"], name="registration_unit_date"),
            models.Index(fields=["sort_key"], name="registration_sort"),
            # the order of the list, and what the dashboard counts by, so that neither has to read the wide rows
            models.Index(fields=["-registered_on", "-id", "unit", "kind", "field", "withdrawn_on"], name="registration_order"),
            *(
                models.Index(
                    fields=[date, "id", "unit", "kind", "field", "withdrawn_on", "recognised_level"],
                    condition=Q(**{f"{date}__isnull": False}),
                    name=f"registration_{date}",
                )
                for date in ("surveyed_on", "appraised_on", "recognised_on")
            ),
            TrigramIndex("search_text", name="registration_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "name"],
                name="registration_name_once",
                violation_error_message="Đơn vị đã đăng ký tên này trong đợt. Anh/chị mở bản đã có để sửa.",
            ),
            models.CheckConstraint(
                condition=Q(recognised_on=None, recognised_level="") | (Q(recognised_on__isnull=False) & ~Q(recognised_level="")),
                name="registration_recognised_with_level",
                violation_error_message="Ngày công nhận phải đi cùng cấp công nhận.",
            ),
            models.CheckConstraint(
                condition=Q(recognised_on=None) | Q(recognised_on__gte=F("registered_on")),
                name="registration_recognised_after",
                violation_error_message="Ngày công nhận không được trước ngày đăng ký.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(status=choices.Stage.WITHDRAWN),
                name="registration_withdrawn_with_date",
                violation_error_message="Ngày rút chỉ ghi khi đăng ký đã rút.",
            ),
            UnitKey(name="registration_with_unit"),
            SameUnit("continues", name="registration_continues_own"),
        ]

    def __str__(self):
        return self.name

    @property
    def keeps_files(self):
        return "đăng ký đã có kết quả xét" if self.status in choices.JUDGED else ""


class StageRecord(models.Model):
    """A step that was reached, on its date and at its level, with the decision that says so."""

    SCOPE = ("unit",)

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="stages", verbose_name="đăng ký")
    unit = common.UnitOf("registration", verbose_name="đơn vị")
    stage = models.CharField("bước", max_length=20, choices=choices.Stage.choices)
    level = models.CharField("cấp", max_length=20, choices=choices.Level.choices, blank=True)
    held_on = models.DateField("ngày")
    decision_number = common.CharField("số quyết định", max_length=60, blank=True)
    occasion = common.CharField("nhân dịp", max_length=200, blank=True)
    note = common.TextField("kết quả, ghi chú", blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "bước thực hiện"
        verbose_name_plural = "các bước thực hiện"
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "level"],
                condition=Q(stage=choices.Stage.RECOGNISED),
                name="stage_recognised_once_a_level",
                violation_error_message="Đăng ký đã được công nhận ở cấp này.",
            ),
            models.CheckConstraint(
                condition=~Q(stage=choices.Stage.RECOGNISED) | (~Q(level="") & ~Q(decision_number="")),
                name="stage_recognised_with_decision",
                violation_error_message="Công nhận phải có cấp công nhận và số quyết định.",
            ),
            SameUnit("registration", name="stage_unit"),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} {self.held_on:%d/%m/%Y}"


class Award(common.Versioned):
    """One award to one collective or individual; counted by its award year and shown by occasion."""

    SCOPE = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    form = models.CharField("hình thức", max_length=20, choices=choices.AwardForm.choices)
    granting_body = models.CharField("cơ quan khen", max_length=20, choices=choices.GrantingBody.choices)
    decision_number = common.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    award_year = models.PositiveSmallIntegerField("năm khen")
    awarded_on = models.DateField("mốc tính năm khen", editable=False)
    occasion = models.CharField("dịp", max_length=30, choices=choices.Occasion.choices)
    subject_type = models.CharField("chủ thể", max_length=20, choices=choices.SubjectType.choices)
    name = common.CharField("tập thể, cá nhân được khen", max_length=300, help_text="Cá nhân ghi theo chức danh như trong quyết định.")
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="mô hình, điển hình"
    )
    search_text = common.SearchTextField(sources=("name", "decision_number"))
    sort_key = common.SortKeyField(sources=("name",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key"])

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ["-award_year", "-decided_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "awarded_on"], name="award_unit_date"),
            models.Index(fields=["-award_year", "-decided_on", "-id"], name="award_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision_number", "unit", "name", "occasion"],
                name="award_once",
                violation_error_message="Quyết định này đã ghi khen thưởng cho tên đó.",
            ),
            SameUnit("registration", name="award_unit"),
        ]

    def __str__(self):
        return f"{self.get_form_display()}: {self.name}"

    def clean(self):
        self.set_counting_date()

    def set_counting_date(self):
        """Figures count by award year: its last day, whatever the day of the decision."""
        if self.award_year:
            self.awarded_on = clock.datetime.date(self.award_year, 12, 31)


class Replication(common.Versioned):
    """A unit that took over somebody else's recognised model or exemplar, and what came of it."""

    SCOPE = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị làm theo")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="replications", verbose_name="mô hình, điển hình gốc")
    registration_title = common.CopiedTitle("registration", "tên mô hình, điển hình gốc")
    title_key = common.SortKeyField(sources=("registration_title",))
    replicated_on = models.DateField("ngày bắt đầu")
    result = common.TextField("cách làm, kết quả")
    search_text = common.SearchTextField(sources=("result",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "registration_title", "title_key"])

    class Meta:
        verbose_name = verbose_name_plural = "nhân rộng"
        ordering = ["-replicated_on", "-pk"]

    def __str__(self):
        return f"{self.unit}: {self.registration}"
