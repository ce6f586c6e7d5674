from django import forms

from danvan.audit.choices import Kind
from danvan.common.forms import CharField, DateField


class LogFilter(forms.Form):
    loai = forms.ChoiceField(label="Loại việc", required=False, choices=[("", "Mọi loại việc"), *Kind.choices])
    nguoi = CharField(label="Người thực hiện", required=False, max_length=150)
    don_vi = CharField(label="Đơn vị", required=False, max_length=200)
    tu_ngay = DateField(label="Từ ngày", required=False)
    den_ngay = DateField(label="Đến ngày", required=False)
