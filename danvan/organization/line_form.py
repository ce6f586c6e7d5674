"""One line being written: the fields of its kind of change and the units it describes."""

from functools import cached_property

from django.shortcuts import get_object_or_404

from danvan.organization.forms import ROOM, DecidedForm, LineForm, levels_of
from danvan.organization.permissions import manageable_units
from danvan.registers.drafts import whole_number
from danvan.units.choices import Change
from danvan.units.selectors import version_on


class Writing:
    """The forms of a line, bound when the page was sent."""

    def __init__(self, request, decision, change, line=None):
        self.decision, self.change, self.line = decision, change, line
        self.data = request.POST if request.method == "POST" else None
        self.living = manageable_units(request.user).living(decision.effective_on)
        self.renamed = self._renamed(request)
        first = {"unit": self.renamed, **self._stored()}
        self.form = LineForm(self.data, change=change, user=request.user, day=decision.effective_on, initial=first)
        if self.renamed:  # its name and header stand in the form below, so it is not chosen again
            self.form.fields["unit"].queryset = self.living.filter(pk=self.renamed.pk)
            self.form.fields["unit"].empty_label = None

    def _renamed(self, request):
        """The unit whose name and header are shown to be changed; None until it was chosen."""
        if self.change != Change.RENAME:
            return None
        if self.line:
            return self.line.unit
        asked = whole_number(request.POST.get("unit") or request.GET.get("unit", ""))
        return get_object_or_404(self.living, pk=asked) if asked else None

    @property
    def levels(self):
        """What the box for a level's name proposes."""
        return levels_of(self.living, self.decision.effective_on)

    def _stored(self):
        if self.line is None:
            return {}
        names = ("unit", "into", "parent", "level_name")
        return {**{name: getattr(self.line, name) for name in names}, "units": self.line.units.all()}

    @property
    def choosing(self):
        """A rename begins with the choice of the unit."""
        return self.change == Change.RENAME and self.renamed is None

    @cached_property
    def decided(self):
        room, least = ROOM.get(self.change, (0, 0))
        if self.change == Change.MERGE and self.data is not None and not self.data.get("into"):
            least = 1
        with_code = self.change != Change.RENAME
        return [
            DecidedForm(self.data, prefix=f"moi{n}", with_code=with_code, needed=n < least, initial=self._first(n)) for n in range(room)
        ]

    def _first(self, n):
        if self.line and n < len(stored := list(self.line.decided.all())):
            return {"code": stored[n].code, **stored[n].description}
        return version_on(self.renamed, self.decision.effective_on).description if self.renamed else {}

    @cached_property
    def rows(self):
        """The units described, unsaved."""
        return [form.save(commit=False) for form in self.decided if form.has_changed() or not form.empty_permitted]

    def is_valid(self):
        if not (self.form.is_valid() & all([form.is_valid() for form in self.decided])):
            return False
        if words := self._incomplete(self.form.cleaned_data):
            self.form.add_error("units", words)
        return not self.form.errors

    def _incomplete(self, data):
        """What a merge or a split still lacks."""
        if self.change == Change.MERGE and not data["into"] and len(data["units"]) < 2:
            return "Chọn ít nhất hai đơn vị để nhập thành một đơn vị mới."
        if self.change == Change.SPLIT and len(self.rows) + len(data["units"]) < 2:
            return "Chia tách thì phải có ít nhất hai đơn vị kế tục, mới hoặc đang có."
        return ""

    @property
    def values(self):
        data = dict(self.form.cleaned_data)
        rows = [] if data.get("into") else self.rows
        units = data.pop("units", [])
        base = whole_number(self.data.get("_version"))
        return {"values": {"change": self.change, **data}, "units": units, "decided": rows, "base": base}

    def refuse(self, refusal):
        self.form.add_error(refusal.field if refusal.field in self.form.fields else None, refusal.message)

    @property
    def errors(self):
        return bool(self.form.errors or any(form.errors for form in self.decided))
