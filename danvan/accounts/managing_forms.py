"""Forms of the administrator's account pages. Units and people to choose from are those of the administrator's branch."""

from django import forms

from danvan.access.roles import ROLES
from danvan.accounts.forms import checked
from danvan.accounts.managing import check_username, units_for, words_of
from danvan.accounts.managing_lists import IN_USE, IN_USE_LABEL, states
from danvan.accounts.models import User
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import CharField, DateField, style

CHOOSE = [("", "Chọn trong danh sách")]


class FilterForm(forms.Form):
    q = CharField(label="Tìm tài khoản", required=False, max_length=200)
    don_vi = forms.ModelChoiceField(label="Đơn vị và trực thuộc", required=False, queryset=None, empty_label="Tất cả")
    vai_tro = forms.ChoiceField(label="Vai trò", required=False, choices=[("", "Tất cả"), *ROLES.items()])
    trang_thai = forms.ChoiceField(label="Trạng thái", required=False)

    def __init__(self, data, *, admin):
        super().__init__(data)
        self.fields["don_vi"].queryset = units_for(admin)
        self.fields["trang_thai"].choices = [
            ("", "Tất cả"),
            (IN_USE, IN_USE_LABEL),
            *((slug, state.label) for slug, state in states().items()),
        ]
        style(self)

    @property
    def chosen(self):
        """A filter that is not understood is passed over and says so beside its field."""
        self.is_valid()
        return self.cleaned_data


class ReasonForm(forms.Form):
    reason = CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])  # the reason comes last
        style(self)


class EndForm(ReasonForm):
    ends_on = DateField(label="Ngày cuối cùng", help_text="Hết ngày này, tài khoản không còn quyền của phân công.")


class MembershipForm(ReasonForm):
    role = forms.ChoiceField(label="Vai trò", choices=[*CHOOSE, *ROLES.items()])
    unit = forms.ModelChoiceField(label="Làm việc cho đơn vị", queryset=None, empty_label="Chọn trong danh sách")
    starts_on = DateField(label="Từ ngày")
    ends_on = DateField(label="Đến hết ngày", required=False)
    sees = forms.ModelChoiceField(
        label="Xem được hồ sơ của",
        queryset=None,
        required=False,
        empty_label="Đơn vị mình và trực thuộc",
        help_text="Cơ quan tham mưu xem cả địa bàn thì chọn đơn vị cấp trên của mình.",
    )
    acting = forms.BooleanField(
        label="Giao quyền hoặc phụ trách", required=False, help_text="Phân công có thời hạn; bắt buộc ghi ngày kết thúc."
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = self.fields["sees"].queryset = units_for(by)
        self.fields["starts_on"].initial = clock.today


class NewAccountForm(MembershipForm):
    username = CharField(
        label="Tên đăng nhập",
        max_length=150,
        validators=[User.username_validator],
        help_text="Chữ không dấu, số, dấu gạch; không đổi được về sau. Mỗi người một tài khoản.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    display_name = CharField(label="Tên hiển thị", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    courtesy = CharField(label="Cách xưng hô", max_length=20, required=False, help_text="Anh, chị; để trống nếu muốn trung tính.")
    email = forms.EmailField(label="Thư điện tử", required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ["username", "display_name", "courtesy", "email", "role", "unit", "starts_on", "ends_on", "sees", "acting"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False

    def clean_username(self):
        checked(check_username, self.cleaned_data["username"])
        return self.cleaned_data["username"]


class EditForm(ReasonForm):
    display_name = CharField(label="Tên hiển thị", max_length=150)
    courtesy = CharField(label="Cách xưng hô", max_length=20, required=False, help_text="Anh, chị; để trống nếu muốn trung tính.")
    email = forms.EmailField(label="Thư điện tử", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class HandoverForm(ReasonForm):
    successor = forms.ModelChoiceField(label="Người nhận", queryset=None, empty_label="Chọn tài khoản")
    taken = forms.ModelMultipleChoiceField(
        label="Giao cho người nhận các phân công", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    ends_on = DateField(label="Người bàn giao thôi nhiệm vụ hết ngày")
    deactivate = forms.BooleanField(label="Khóa ngay tài khoản của người bàn giao", required=False)
    notes = CharField(
        label="Ghi thêm vào biên bản",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hồ sơ giấy, con dấu, thiết bị, việc dở dang ngoài hệ thống.",
    )

    def __init__(self, *args, by, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        standing = leaver.memberships.standing(clock.today()).select_related("unit", "sees")
        accounts = User.objects.visible_to(by).filter(is_active=True).exclude(pk__in=[leaver.pk, by.pk])
        self.fields["successor"].queryset = accounts.order_by("sort_key", "pk")
        self.fields["successor"].label_from_instance = lambda account: f"{account} ({account.username})"
        self.fields["taken"].queryset = standing
        self.fields["taken"].label_from_instance = words_of
        self.fields["taken"].initial = [row.pk for row in standing]
        self.fields["ends_on"].initial = clock.today


class ReviewForm(forms.Form):
    conclusion = CharField(
        label="Kết luận rà soát",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Đã bỏ, đã sửa những quyền nào; còn việc gì phải làm, ai làm, khi nào xong.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        style(self)


def attempt(form, act):
    """Runs the service for a valid form; a refusal stands at its field. Whether it went through; `form.made` holds the outcome."""
    if not form.is_valid():
        return False
    try:
        form.made = act(form.cleaned_data)
    except Conflict:
        raise  # has a page of its own
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True
