from django import forms
from django.contrib.auth import forms as auth_forms


class PasswordChangeForm(auth_forms.PasswordChangeForm):
    """The password that was handed out is known to whoever handed it out: it cannot be chosen again."""

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng.")
        return password
