from django import forms

from danvan.common import clock
from danvan.common.forms import CharField, DateField, IntegerField
from danvan.common.text import format_date, format_number
from dialogues.choices import Answered, Channel, CommitmentStatus
from dialogues.deadlines import last_day_of
from dialogues.models import Commitment, Dialogue, DialogueObligation, Question

YEAR = forms.TextInput(attrs={"class": "ctl w-num", "inputmode": "numeric"})
PARTS = [("women", "Số nữ"), ("party_members", "Số đảng viên")]


class ObligationForm(forms.ModelForm):
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100, widget=YEAR)
    planned_on = DateField(label="Ngày dự kiến", required=False, help_text="Để trống thì hạn là ngày cuối năm.")

    class Meta:
        model = DialogueObligation
        fields = ["unit", "year", "head_title", "planned_on"]

    def clean(self):
        cleaned = super().clean()
        year, day = cleaned.get("year"), cleaned.get("planned_on")
        if year and day and day.year != year:
            self.add_error("planned_on", f"Kế hoạch của năm {year}; ngày anh/chị ghi thuộc năm {day.year}.")
        if year:
            self.instance.due_on = day or last_day_of(year)  # the constraint compares them
        return cleaned


def _count(label):
    return IntegerField(label=label, required=False, min_value=0, max_value=100_000)


class DialogueForm(forms.ModelForm):
    scheduled_on = DateField(label="Ngày dự kiến", required=False)
    noticed_on = DateField(label="Ngày thông báo", required=False, help_text="Ngày gửi, niêm yết thông báo về cuộc đối thoại.")
    held_on = DateField(label="Ngày tổ chức", required=False, help_text="Để trống khi chưa tổ chức.")
    attendance = _count("Số người dự")
    women = _count("Trong đó nữ")
    party_members = _count("Trong đó đảng viên")
    conclusion_on = DateField(label="Ngày thông báo kết luận", required=False)

    class Meta:
        model = Dialogue
        fields = [
            "unit", "kind", "topic", "chair_title", "place", "scheduled_on", "noticed_on", "held_on",
            "attendance", "women", "party_members", "minutes", "conclusion_number", "conclusion_on",
        ]  # fmt: skip
        widgets = {"kind": forms.RadioSelect, "topic": forms.Textarea(attrs={"rows": 2}), "minutes": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in self.fields["kind"].choices if choice[0]]

    def _get_validation_exclusions(self):
        """The status follows the dates and is not typed here: its constraints are checked on saving."""
        return super()._get_validation_exclusions() | {"status", "women", "party_members"}

    def clean(self):
        cleaned = super().clean()
        self._check_people(cleaned)
        self._check_dates(cleaned)
        return cleaned

    def _check_people(self, cleaned):
        """Both numbers stand in the sentence."""
        total = cleaned.get("attendance")
        for name, label in PARTS:
            part = cleaned.get(name)
            if part is not None and total is None and "attendance" not in self.errors:
                self.add_error(name, f"{label} là {format_number(part)} mà số người dự còn để trống.")
            elif part is not None and total is not None and part > total:
                self.add_error(name, f"{label} ({format_number(part)}) lớn hơn số người dự ({format_number(total)}).")

    def _check_dates(self, cleaned):
        noticed, held, concluded = (cleaned.get(name) for name in ("noticed_on", "held_on", "conclusion_on"))
        today = clock.today()
        for name, day in (("noticed_on", noticed), ("held_on", held), ("conclusion_on", concluded)):
            if day and day > today:
                self.add_error(name, f"Ngày {format_date(day)} chưa tới." + (" Ghi vào ô Ngày dự kiến." if name == "held_on" else ""))
        if not held and not cleaned.get("scheduled_on") and not {"held_on", "scheduled_on"} & set(self.errors):
            self.add_error("scheduled_on", "Ghi ngày dự kiến hoặc ngày tổ chức.")
        if noticed and held and noticed > held:
            self.add_error("noticed_on", f"Ngày thông báo không được sau ngày tổ chức ({format_date(held)}).")
        if concluded and not held and "held_on" not in self.errors:
            self.add_error("held_on", "Đã có thông báo kết luận thì phải ghi ngày tổ chức.")
        if concluded and held and concluded < held:
            self.add_error("conclusion_on", f"Thông báo kết luận không được trước ngày tổ chức ({format_date(held)}).")
        if bool(concluded) != bool(cleaned.get("conclusion_number")) and not {"conclusion_on", "conclusion_number"} & set(self.errors):
            self.add_error("conclusion_number" if concluded else "conclusion_on", "Số và ngày thông báo kết luận phải đi cùng nhau.")
        if cleaned.get("attendance") is not None and not held and "held_on" not in self.errors:
            self.add_error("attendance", "Chỉ ghi số người dự của cuộc đã tổ chức; ô Ngày tổ chức còn trống.")


class AnswerRules:
    """Shared by the form of one question and a line of the grid."""

    def check_answer(self, cleaned):
        answered, day = cleaned.get("answered"), cleaned.get("answered_on")
        if answered == Answered.IN_WRITING and not day and "answered_on" not in self.errors:
            self.add_error("answered_on", "Ghi ngày trả lời bằng văn bản.")
        if day and day > clock.today():
            self.add_error("answered_on", f"Ngày {format_date(day)} chưa tới.")


class QuestionForm(AnswerRules, forms.ModelForm):
    answered_on = DateField(label="Ngày trả lời", required=False, help_text="Cần khi trả lời bằng văn bản.")

    class Meta:
        model = Question
        fields = ["dialogue", "content", "field", "channel", "answered", "answer", "answered_on", "forwarded_to"]
        widgets = {
            "answered": forms.RadioSelect,
            "content": forms.Textarea(attrs={"rows": 3}),
            "answer": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"content": "Ghi nội dung, không ghi tên người hỏi."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answered"].choices = [choice for choice in self.fields["answered"].choices if choice[0]]
        if self.instance.pk:
            self.fields["dialogue"].disabled = True

    def _get_validation_exclusions(self):
        """The day of an answer on the spot is the dialogue's; the service fills it."""
        return super()._get_validation_exclusions() | {"answered_on"}

    def clean(self):
        cleaned = super().clean()
        self.check_answer(cleaned)
        return cleaned


class LineForm(AnswerRules, forms.Form):
    """One row of the grid. A row without words is passed over."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    content = CharField(label="Nội dung", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))
    field_id = forms.TypedChoiceField(label="Lĩnh vực", coerce=int, empty_value=None, required=False)
    channel = forms.ChoiceField(label="Hình thức gửi", choices=Channel.choices, initial=Channel.SPOKEN)
    answered = forms.ChoiceField(label="Trả lời", choices=Answered.choices, initial=Answered.NOT_YET)
    answer = CharField(label="Nội dung trả lời", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))
    answered_on = DateField(label="Ngày trả lời", required=False)
    forwarded_to_id = forms.TypedChoiceField(label="Chuyển đến", coerce=int, empty_value=None, required=False)
    remove = forms.BooleanField(label="Xóa", required=False)

    def __init__(self, *args, fields_of_work, units, **kwargs):
        """The two lists of choices are read once for the page, not once for every row."""
        super().__init__(*args, **kwargs)
        self.fields["field_id"].choices = [("", "Chưa xếp"), *fields_of_work]
        self.fields["forwarded_to_id"].choices = [("", "Không chuyển"), *units]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("remove"):
            return cleaned
        if cleaned.get("content", "").strip():
            self.check_answer(cleaned)
        elif cleaned.get("pk"):
            self.add_error("content", "Câu hỏi đã có không để trống nội dung. Muốn bỏ, anh/chị đánh dấu Xóa.")
        elif (cleaned.get("answer") or "").strip():
            self.add_error("content", "Có trả lời mà chưa có nội dung câu hỏi.")
        return cleaned


class PasteForm(forms.Form):
    pasted = CharField(
        label="Dán từ Excel",
        max_length=200_000,
        strip=False,
        required=False,
        help_text="Mỗi dòng một câu hỏi, các cột cách nhau bằng phím Tab: nội dung, lĩnh vực, trả lời. Số thứ tự ở đầu dòng được bỏ.",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )


class CommitmentForm(forms.ModelForm):
    due_on = DateField(label="Hạn cam kết")
    question = IntegerField(
        label="Câu hỏi số", required=False, min_value=1, max_value=9999, help_text="Số thứ tự của câu hỏi trong cuộc đối thoại."
    )

    class Meta:
        model = Commitment
        fields = ["dialogue", "question", "owner", "content", "due_on"]
        widgets = {"content": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["dialogue"].disabled = True
            self.initial["question"] = self.instance.question.position if self.instance.question_id else None

    def _get_validation_exclusions(self):
        """The deadline moves with the promised day; the service writes it."""
        return super()._get_validation_exclusions() | {"due_on"}

    def clean(self):
        cleaned = super().clean()
        dialogue, number, due_on = cleaned.get("dialogue"), cleaned.get("question"), cleaned.get("due_on")
        question = dialogue.questions.filter(position=number).first() if dialogue and number else None
        if dialogue and number and question is None:
            self.add_error("question", f"Cuộc đối thoại này không có câu hỏi số {number}.")
        if dialogue and dialogue.held_on and due_on and due_on < dialogue.held_on:
            self.add_error("due_on", f"Hạn cam kết không được trước ngày đối thoại ({format_date(dialogue.held_on)}).")
        return {**cleaned, "question": question}


class ProgressForm(forms.Form):
    status = forms.ChoiceField(label="Kết quả", choices=[], widget=forms.RadioSelect)
    noted_on = DateField(label="Ngày", help_text="Khi báo hoàn thành, đây là ngày hoàn thành.")
    text = CharField(label="Tình hình thực hiện", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    upload = forms.FileField(label="Minh chứng", required=False, help_text="Tệp PDF, Word, Excel hoặc ảnh, tối đa 20 MB.")

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, **kwargs)
        moves = [(status, CommitmentStatus(status).label) for status in commitment.TRANSITIONS[commitment.status]]
        self.fields["status"].choices = [(commitment.status, f"Giữ nguyên: {commitment.get_status_display()}"), *moves]
        self.fields["status"].initial, self.fields["noted_on"].initial = commitment.status, clock.today()


class ExtendForm(forms.Form):
    new_due_on = DateField(label="Hạn mới")
    reason = CharField(label="Lý do gia hạn", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AskerForm(forms.Form):
    name = CharField(label="Họ và tên người hỏi", max_length=200)
    contact = CharField(label="Cách liên hệ", max_length=200, required=False)
    purge_on = DateField(label="Ngày xóa", help_text="Sau ngày này thông tin người hỏi bị xóa hẳn.")

    def clean_purge_on(self):
        day = self.cleaned_data["purge_on"]
        if day < clock.today():
            raise forms.ValidationError("Ngày xóa phải từ hôm nay trở đi.")
        return day
