from django import forms
from django.contrib.auth import forms as auth_forms

from danvan.accounts import second_factor, signing_in
from danvan.common.exceptions import Refused

MOST = 128  # characters of a password


class LoginForm(auth_forms.AuthenticationForm):
    def clean(self):
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            self.user_cache = checked(signing_in.check_password, self.request, username, password)
        return self.cleaned_data


class PasswordChangeForm(auth_forms.PasswordChangeForm):
    """The password that was handed out is known to whoever handed it out: it cannot be chosen again.

    Nothing compares with the stored one before the old one was right, so that no box of this page is a place to guess at leisure.
    """

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self):
        checked(signing_in.check_password, self.request, self.user.username, self.cleaned_data["old_password"])
        return self.cleaned_data["old_password"]

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if len(password) > MOST:
            raise forms.ValidationError(f"Mật khẩu dài quá {MOST} ký tự.")
        if password == self.cleaned_data.get("old_password"):
            raise forms.ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng.")
        return password

    def validate_password_for_user(self, user, *args, **kwargs):
        if "old_password" in self.cleaned_data:
            super().validate_password_for_user(user, *args, **kwargs)


class CodeField(forms.CharField):
    """Browsers and phones know from these marks that a one-time code belongs here."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "class": "ctl w-code"}


class CodeForm(forms.Form):
    """After the password: a code of the app, or a recovery code."""

    code = CodeField(label="Mã xác thực")

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self):
        code = self.cleaned_data["code"]
        checked(second_factor.check_code, self.request.user, code, self.request)
        return code


class EnrolForm(forms.Form):
    code = CodeField(label="Mã 6 số trên điện thoại")


class StepUpForm(forms.Form):
    """One box takes either: no password is six digits."""

    password = forms.CharField(label="Mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        if request.user.second_factor_at:
            self.fields["password"].label = "Mật khẩu, hoặc mã 6 số trên điện thoại"

    def clean_password(self):
        user, typed = self.request.user, self.cleaned_data["password"]
        if user.second_factor_at and second_factor.is_of_app(typed):
            checked(second_factor.check_code, user, typed, self.request)
        else:
            checked(signing_in.check_password, self.request, user.username, typed)
        return typed


def checked(check, *args):
    """What the check gives; its refusal as the form's own sentence."""
    try:
        return check(*args)
    except Refused as refusal:
        raise forms.ValidationError(refusal.message) from None
