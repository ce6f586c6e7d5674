"""What must always hold in the tree of units: paths, versions in time, successions, decisions."""

from danvan.access.scoping import ancestor_ids
from danvan.common import clock
from danvan.common.text import format_date
from danvan.units.choices import Status
from danvan.units.models import Succession, Unit, UnitDecision, UnitVersion


def unit_paths():
    """A path holds primary keys from the top down to the unit itself, each of them above the next."""
    paths = dict(Unit.objects.values_list("pk", "scope_path"))
    for pk, path in paths.items():
        parts = path.split(".")
        if parts[-1] != "" or not all(part.isascii() and part.isdigit() for part in parts[:-1]) or ancestor_ids(path)[-1:] != [pk]:
            yield f"đơn vị {pk}: nhánh “{path}” không kết thúc bằng số của chính đơn vị"
            continue
        above = ancestor_ids(path)[:-1]
        if above and paths.get(above[-1]) != path.removesuffix(f"{pk}."):
            yield f"đơn vị {pk}: nhánh “{path}” không nối tiếp nhánh của đơn vị cấp trên {above[-1]}"


def units_of_today():
    """A unit is what its version of today says: name, order, branch and since when; also one that has ended."""
    today = {version.unit_id: version for version in UnitVersion.objects.valid_on(clock.today())}
    firsts = {}
    for unit_id, pk in UnitVersion.objects.order_by("-valid_from", "-pk").values_list("unit_id", "pk"):
        firsts[unit_id] = pk
    for unit in Unit.objects.all():
        version = today.get(unit.pk)
        if version is None:
            yield f"đơn vị {unit.code}: không có thông tin nào có hiệu lực hôm nay"
            continue
        if (version.name, version.sort_key) != (unit.name, unit.sort_key):
            yield f"đơn vị {unit.code}: tên “{unit.name}” khác tên theo thời gian “{version.name}”"
        if (version.valid_from if version.pk != firsts[unit.pk] else None) != unit.changed_on:
            yield f"đơn vị {unit.code}: ngày thay đổi gần nhất không đúng"
        if version.path != unit.scope_path:
            yield f"đơn vị {unit.code}: nhánh “{unit.scope_path}” khác nhánh theo thời gian “{version.path}”"


def trees_in_time():
    """On every day on which something began the versions make one tree, and what lives stands below what lives."""
    for day in UnitVersion.objects.order_by("valid_from").values_list("valid_from", flat=True).distinct():
        there = {version.unit_id: version for version in UnitVersion.objects.valid_on(day)}
        for version in there.values():
            above = there.get(version.parent_id)
            if version.path != f"{above.path if above else ''}{version.unit_id}.":
                yield f"{version.name}, ngày {format_date(day)}: nhánh “{version.path}” không đúng với đơn vị cấp trên"
            if version.parent_id and above is None:
                yield f"{version.name}, ngày {format_date(day)}: đơn vị cấp trên chưa có"
            elif above and above.closed and not version.closed:
                yield f"{version.name}, ngày {format_date(day)}: còn hoạt động dưới {above.name} đã kết thúc"


def revived():
    """A unit that ended does not live again."""
    ended = {}
    for version in UnitVersion.objects.order_by("valid_from", "pk"):
        if version.unit_id in ended and not version.closed:
            yield f"{version.name}: hoạt động lại từ {format_date(version.valid_from)} sau khi đã kết thúc"
        if version.closed:
            ended[version.unit_id] = version


def successions():
    """Whoever has a successor ended by the same decision; a sole successor has the old unit in its branch; nobody succeeds itself."""
    links = list(Succession.objects.select_related("predecessor", "successor", "decision").order_by("pk"))
    heirs = {}
    for link in links:
        heirs.setdefault(link.predecessor_id, []).append(link.successor_id)
    for link in links:
        if not link.decision.versions.filter(unit=link.predecessor_id, closed=True).exists():
            yield f"{link}: {link.decision} không ghi {link.predecessor} kết thúc"
        if len(heirs[link.predecessor_id]) == 1 and not link.predecessor.scope_path.startswith(link.successor.scope_path):
            yield f"{link}: {link.predecessor} không nằm trong nhánh của đơn vị kế tục"
        if comes_back(link.predecessor_id, heirs):
            yield f"{link}: kế tục đi vòng"


def comes_back(pk, heirs):
    seen, new = set(), set(heirs.get(pk, ()))
    while new:
        seen |= new
        new = {heir for old in new for heir in heirs.get(old, ())} - seen
    return pk in seen


def decisions():
    """Only an applied decision has written anything, and it has."""
    for decision in UnitDecision.objects.order_by("pk"):
        wrote, applied = decision.versions.count(), decision.status == Status.APPLIED
        founded = Unit.objects.filter(founded_by__line__decision=decision).count()
        if applied and not (wrote or decision.successions.exists()):
            yield f"{decision}: đã áp dụng mà không ghi gì"
        if not applied and (wrote or founded or decision.successions.exists() or decision.memberships.exists()):
            yield f"{decision}: chưa áp dụng mà đã ghi {wrote} thay đổi, {founded} đơn vị"
        wrong = decision.versions.exclude(valid_from=decision.effective_on).count()
        if wrong:
            yield f"{decision}: {wrong} thay đổi không bắt đầu từ ngày có hiệu lực"
