from django import forms

from danvan.common.forms import CharField, style


class WithdrawForm(forms.Form):
    reason = CharField(label="Lý do rút tệp", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        style(self)
