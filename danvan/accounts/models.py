import uuid

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as PlainUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from danvan.access.permissions import has_right
from danvan.access.roles import ROLES
from danvan.access.scoping import branch_filter
from danvan.accounts import sealing
from danvan.common import clock
from danvan.common import models as common

MANAGE = "account.manage"


class UserQuerySet(models.QuerySet):
    def visible_to(self, user, right=MANAGE):
        """Accounts that act or acted for a unit of the branch that the administrator sees.

        One whose only membership was cancelled stays with the branch that had given it, or nobody could lock it or use its name.
        """
        here = Q(pk__in=Membership.objects.visible_to(user, right).values("user"))
        left_here = Q(pk__in=AccountAct.objects.filter(branch_filter(user, ("unit",), right)).values("account"))
        return self.filter(here | (left_here & ~Q(pk__in=Membership.objects.values("user"))))


class UserManager(PlainUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class User(AbstractUser):
    """An account of one person. The screen shows the display name, which in the demo is a role, never a person's."""

    first_name = None  # type: ignore[assignment]  # one display name instead
    last_name = None  # type: ignore[assignment]
    display_name = common.CharField("tên hiển thị", max_length=150)
    courtesy = common.CharField("cách xưng hô", max_length=20, blank=True, help_text="anh, chị; để trống nếu muốn trung tính")
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    password_changed_at = models.DateTimeField("đổi mật khẩu lúc", null=True, editable=False)
    secret_expires_at = models.DateTimeField("mật khẩu cấp lần đầu hết hạn lúc", null=True, editable=False)
    second_factor_at = models.DateTimeField("bật xác thực hai bước lúc", null=True, editable=False)
    reactivated_at = models.DateTimeField("mở lại lúc", null=True, editable=False)
    search_text = common.SearchTextField(sources=("username", "display_name"))
    sort_key = common.SortKeyField(sources=("display_name", "username"))

    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self):
        return self.display_name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    @property
    def initials(self):
        return "".join(word[0] for word in str(self).split()[-2:]).upper()

    def active_memberships(self):
        """Memberships in force today with their units, read once per user object (that is, once per request)."""
        if not hasattr(self, "_memberships"):
            self._memberships = list(self.memberships.in_force(clock.today()).select_related("unit", "sees")) if self.is_active else []
        return self._memberships

    def holds(self, right):
        return has_right(self, right)


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.standing(day).filter(starts_on__lte=day)

    def standing(self, day):
        """Not over on `day`; those that begin later included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def visible_to(self, user, right=MANAGE):
        """Memberships of the branch that the administrator sees. No SCOPE: they say what others see, and are nobody's record."""
        return self.filter(branch_filter(user, ("unit",), right))


class Membership(models.Model):
    """`unit` is whom the user acts for; `sees` is the root of what the user reads."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="tài khoản")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    sees = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="phạm vi xem")
    role = models.CharField("vai trò", max_length=20, choices=list(ROLES.items()))
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    # the decision that carried it over from a unit that ended
    decision = models.ForeignKey(
        "units.UnitDecision", models.PROTECT, null=True, editable=False, related_name="memberships", verbose_name="theo quyết định"
    )
    acting = models.BooleanField("quyền, phụ trách", default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["pk"]
        constraints = [
            # a decision may give a wider one on the day on which another began
            models.UniqueConstraint(fields=["user", "unit", "role", "starts_on"], condition=Q(decision=None), name="membership_once"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_dates_in_order"),
            models.CheckConstraint(condition=Q(acting=False) | Q(ends_on__isnull=False), name="membership_acting_has_end"),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.unit}"

    def save(self, *args, **kwargs):
        if self.sees_id is None:
            self.sees_id = self.unit_id
        super().save(*args, **kwargs)

    @property
    def role_words(self):
        return f"{self.get_role_display()} (quyền, phụ trách)" if self.acting else self.get_role_display()

    @property
    def force(self):
        today = clock.today()
        if self.ends_on is not None and self.ends_on < today:
            return "Đã hết"
        return "Chưa đến" if self.starts_on > today else "Đang hiệu lực"

    def reaches(self, unit_id):
        """Whether a unit is the one acted for. Units below report by themselves, so acting stops at the own unit."""
        return self.unit_id == unit_id


class Session(AbstractBaseSession):
    """A signed-in browser, with what its owner needs to recognise it. The session itself says it all; the columns are for finding."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    agent = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "phiên làm việc"
        verbose_name_plural = "phiên làm việc"
        ordering = ["-seen_at"]

    @classmethod
    def get_session_store_class(cls):
        from danvan.accounts.sessions import SessionStore

        return SessionStore


class Authenticator(TOTPDevice):
    """An authenticator app. Its key stands sealed in the database, so that a copy of the table makes no codes."""

    class Meta:
        proxy = True
        verbose_name = "ứng dụng xác thực"

    @property
    def bin_key(self):
        return sealing.unseal(self.key, self.user_id)


class RecoveryCodes(StaticDevice):
    """The codes for a lost phone. The database knows them as hashes only; a used one is deleted."""

    class Meta:
        proxy = True
        verbose_name = "mã dự phòng"

    def verify_token(self, token):
        return super().verify_token(sealing.recovery_hash(token, self.user_id))


class GuessPace(models.Model):
    """How fast passwords were tried for one account name, whether or not the account exists. See throttling.py."""

    username = models.CharField(max_length=150)
    device = models.CharField(max_length=32, blank=True)
    free_at = models.DateTimeField()

    class Meta:
        verbose_name = "nhịp thử mật khẩu"
        constraints = [models.UniqueConstraint(fields=["username", "device"], name="guess_pace_once")]

    def __str__(self):
        return f"{self.username} {self.device}"


class FormerPassword(models.Model):
    """The hash of a password once used, kept where the policy forbids using it again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "mật khẩu đã dùng"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.user} {self.replaced_at:%d/%m/%Y}"


class AccountAct(models.Model):
    """One thing done to an account by an administrator, by the command line or by the nightly job (`by` is empty): who, when, why.

    Not the history of every save: a login writes to the account too, and unlocking changes none of its columns.
    """

    class Kind(models.TextChoices):
        CREATED = "tao", "tạo tài khoản"
        EDITED = "sua", "sửa thông tin tài khoản"
        JOINED = "phan_cong", "thêm phân công"
        ENDED = "ket_thuc", "đổi ngày kết thúc phân công"
        CANCELLED = "huy_phan_cong", "hủy phân công chưa dùng đến"
        HANDED_OVER = "ban_giao", "bàn giao công việc"
        TOOK_OVER = "nhan_ban_giao", "nhận bàn giao công việc"
        DEACTIVATED = "khoa", "khóa tài khoản, kết thúc mọi phiên làm việc"
        REACTIVATED = "mo_lai", "mở lại tài khoản"
        SECRET = "cap_mat_khau", "cấp mật khẩu dùng một lần"
        FACTOR = "bo_xac_thuc", "đặt lại xác thực hai bước"
        UNLOCKED = "mo_dang_nhap", "mở khóa đăng nhập"

    account = models.ForeignKey(User, models.PROTECT, related_name="acts", verbose_name="tài khoản")
    kind = models.CharField("việc", max_length=20, choices=Kind)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")  # of a membership
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")
    at = models.DateTimeField("lúc", auto_now_add=True)
    reason = common.TextField("lý do", blank=True)
    changes = models.JSONField("thay đổi", default=list)  # [{"label", "old", "new"}] in words

    class Meta:
        verbose_name = verbose_name_plural = "việc quản trị tài khoản"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.account}: {self.get_kind_display()}"


class Handover(models.Model):
    """A leaver's work given to a successor. `minutes` is the document as it was made; nothing later changes it."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)  # of the rendered form: a double click hands over once
    leaver = models.ForeignKey(User, models.PROTECT, related_name="handovers", verbose_name="người bàn giao")
    successor = models.ForeignKey(User, models.PROTECT, related_name="takeovers", verbose_name="người nhận")
    ends_on = models.DateField("thôi nhiệm vụ từ hết ngày")
    made_on = models.DateField("ngày bàn giao")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người lập")
    reason = common.TextField("lý do")
    minutes = models.JSONField("biên bản", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "biên bản bàn giao"
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(leaver=F("successor")), name="handover_between_two")]

    def __str__(self):
        return f"{self.leaver} bàn giao cho {self.successor}"


class AccountReview(models.Model):
    """That somebody looked through the accounts and rights of a branch, and what came of it."""

    branch = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="phạm vi")
    reviewed_on = models.DateField("ngày rà soát")
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người rà soát")
    accounts = models.PositiveIntegerField("số tài khoản")
    memberships = models.PositiveIntegerField("số phân công")
    conclusion = common.TextField("kết luận")

    class Meta:
        verbose_name = verbose_name_plural = "lần rà soát tài khoản"
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self):
        return f"{self.branch} {self.reviewed_on:%d/%m/%Y}"
