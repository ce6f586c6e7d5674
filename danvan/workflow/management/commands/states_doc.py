"""docs/states.md is made from every app's choices.py: TRANSITIONS (which move is legal) and OWNERS (whose turn)."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from danvan.workflow.states import owners_of

HEAD = """# Trạng thái và các bước chuyển

Trang này do lệnh `manage.py states_doc` viết từ `choices.py` của từng phòng; sửa ở đó, không sửa ở đây.
"""


class Command(BaseCommand):
    help = "Viết docs/states.md từ các bảng chuyển trạng thái; --check báo lỗi khi trang đã cũ."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="chỉ so, không viết")

    def handle(self, *, check, **options):
        page = Path(settings.BASE_DIR) / "docs" / "states.md"
        text = HEAD + "".join(section(model) for model in models_with_states())
        if check and (not page.exists() or page.read_text() != text):
            raise CommandError("docs/states.md đã cũ: chạy manage.py states_doc rồi lưu lại.")
        if not check:
            page.write_text(text)
            self.stdout.write(f"Đã viết {page.name}.")


def models_with_states():
    found = [model for model in apps.get_models() if hasattr(model, "TRANSITIONS") and not hasattr(model, "history_object")]
    return sorted(found, key=lambda model: model._meta.label)


def section(model):
    labels = dict(model._meta.get_field("status").flatchoices)
    owners = owners_of(model)
    name = model._meta.verbose_name
    lines = [f"\n## {name[:1].upper()}{name[1:]}\n", "\n| Trạng thái | Đến lượt | Chuyển được sang |\n|---|---|---|\n"]
    for status, label in labels.items():
        targets = ", ".join(labels[target] for target in model.TRANSITIONS[status]) or "—"
        lines.append(f"| {label} | {owners[status]} | {targets} |\n")
    moves = [f"  {a} --> {b}\n" for a in labels for b in model.TRANSITIONS[a]]
    names = [f'  state "{label}" as {status}\n' for status, label in labels.items()]
    return "".join([*lines, "\n```mermaid\nstateDiagram-v2\n", *names, *moves, "```\n"])
