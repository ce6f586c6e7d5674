"""What an administrator does to accounts. Each act is checked, is one transaction, and leaves who, when and why.

`by=None` is the operator at the command line or the nightly job: nobody's branch, so only the rules about administrators hold.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, ROLES
from danvan.access.scoping import branch_filter
from danvan.accounts import events, services
from danvan.accounts.models import MANAGE, AccountAct, Membership, User
from danvan.audit.choices import Kind as Event
from danvan.audit.services import record_event
from danvan.common import clock, text
from danvan.common.exceptions import Conflict, Refused
from danvan.units.models import Unit

Kind = AccountAct.Kind
ABOUT_RIGHTS = {Kind.JOINED, Kind.ENDED, Kind.CANCELLED, Kind.HANDED_OVER, Kind.TOOK_OVER}
OWN = "Đây là tài khoản của chính anh/chị. Hãy nhờ một quản trị khác, để không ai tự giao quyền hoặc tự khóa mình."
TECHNICAL = "Đây là tài khoản kỹ thuật của cả hệ thống. Chỉ tài khoản kỹ thuật khác mới sửa được."
BEYOND = "Tài khoản này còn phân công ngoài phạm vi anh/chị quản trị, nên chỉ quản trị cấp trên sửa được."
ONE_DAY = datetime.timedelta(days=1)


# --- who may ------------------------------------------------------------------------------


def check_can_manage(by, account):
    """Whoever reaches further than the administrator is left alone: a new password would hand over that reach."""
    if account.pk == by.pk:
        raise Refused(OWN)
    if account.is_superuser and not by.is_superuser:
        raise Refused(TECHNICAL)
    within = branch_filter(by, ("unit",), MANAGE) & branch_filter(by, ("sees",), MANAGE)
    standing = account.memberships.standing(clock.today())
    if standing.exclude(pk__in=Membership.objects.filter(within).values("pk")).exists():
        raise Refused(BEYOND)


def units_for(by):
    """Units that an administrator may give: those of the branch that exist today."""
    return Unit.objects.visible_to(by, MANAGE).living(clock.today())


def check_administrators_stay(lost, day):
    """Whatever these memberships administer has somebody else to administer it on `day`. Two who remove each other wait here."""
    list(Membership.objects.select_for_update(no_key=True).filter(role=ADMINISTRATOR).order_by("pk"))  # the lock; read again below
    held = list(Membership.objects.standing(day).filter(role=ADMINISTRATOR).select_related("user", "sees"))
    rest = [m.sees.scope_path for m in held if m not in lost and m.user.is_active and m.starts_on <= day]
    for membership in held:
        if membership in lost and not any(membership.sees.scope_path.startswith(path) for path in rest):
            raise Refused(f"Đây là quản trị cuối cùng của {membership.sees}. Hãy giao quyền quản trị cho người khác trước.")


def claimed(account, by):
    """The account as it is now, locked until the end of the transaction, when `by` may change it."""
    account = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    if by is not None:
        check_can_manage(by, account)
    return account


def needed(reason):
    reason = text.plain(reason or "", 1000)
    if not reason:
        raise Refused("Anh/chị ghi lý do, để người xem lịch sử hiểu vì sao.", field="reason")
    return reason


def record(account, kind, by, reason="", changes=(), unit=None):
    """The row that the history page reads, and the line that the security log keeps."""
    lines = [{"label": label, "old": old, "new": new} for label, old, new in changes]
    events.record(f"account.{kind.name.lower()}", user=account, by=by)
    told = Event.RIGHTS if kind in ABOUT_RIGHTS else Event.ACCOUNT
    record_event(told, user=by, obj=account, detail={"step": kind.label}, reason=reason or "")
    return AccountAct.objects.create(account=account, kind=kind, by=by, unit=unit, reason=text.plain(reason or "", 1000), changes=lines)


# --- accounts -----------------------------------------------------------------------------


@transaction.atomic
def create_account(*, username, display_name, by, courtesy="", email="", reason="", **membership):
    """(the account with its first membership, the one-time secret that opens it). The secret stands nowhere but in this answer."""
    username = User.normalize_username(username)  # as the login page reads it
    check_new(username=username, by=by, **membership)
    account = User(username=username, display_name=display_name, courtesy=courtesy, email=email)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:  # somebody took the name between the check and here
        check_username(username)
        raise
    record(account, Kind.CREATED, by, reason, [("Tên đăng nhập", "", username), ("Tên hiển thị", "", display_name)])
    add_membership(account, by=by, reason=reason, **membership)
    return account, services.issue_secret(account, by=by)


def check_new(*, username, by, unit, role, starts_on, sees=None, ends_on=None, acting=False, **words):
    check_username(username)
    check_membership(by, unit=unit, role=role, sees=sees or unit, starts_on=starts_on, ends_on=ends_on, acting=acting)


def check_username(username):
    username = User.normalize_username(username)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"Tên đăng nhập “{username}” đã có người dùng.", field="username")


EDITABLE = ("display_name", "courtesy", "email")


@transaction.atomic
def edit_account(account, values, *, by, base, reason=""):
    """`base` is the last act that the form knew: whoever saved in between is not overwritten. Own words may be corrected."""
    account = claimed(account, by if account.pk != by.pk else None)
    if version_of(account) != base:
        raise Conflict("Tài khoản vừa được người khác sửa.")
    changed = {name: values[name] for name in EDITABLE if values[name] != getattr(account, name)}
    if changed:
        lines = [(account._meta.get_field(n).verbose_name.capitalize(), getattr(account, n), new) for n, new in changed.items()]
        for name, new in changed.items():
            setattr(account, name, new)
        account.save(update_fields=[*changed, "search_text", "sort_key"])
        record(account, Kind.EDITED, by, reason, lines)
    return account


def version_of(account):
    """Every act leaves a row, so the newest one says whether the account is still what a form showed."""
    return account.acts.values_list("pk", flat=True).first() or 0


def changes_since(account, base):
    """{column: the act that changed it last} since the act `base`."""
    labels = {account._meta.get_field(name).verbose_name.capitalize(): name for name in EDITABLE}
    acts = account.acts.filter(pk__gt=base or 0).select_related("by").order_by("pk")
    return {labels[line["label"]]: act for act in acts for line in act.changes if line["label"] in labels}


@transaction.atomic
def deactivate(account, *, by, reason):
    """No session of the account goes on: its next request leads to the login page."""
    reason = needed(reason)
    account = claimed(account, by)
    if account.is_active:
        for day in (clock.today(), clock.today() + ONE_DAY):  # whose last day is today is no help from tomorrow on
            check_administrators_stay(account.memberships.all(), day)
        account.is_active = False
        account.save(update_fields=["is_active"])
        services.end_sessions(account)
        record(account, Kind.DEACTIVATED, by, reason)
    return account


@transaction.atomic
def reactivate(account, *, by, reason):
    reason = needed(reason)
    account = claimed(account, by)
    if not account.is_active:
        account.is_active, account.reactivated_at = True, timezone.now()
        account.save(update_fields=["is_active", "reactivated_at"])
        record(account, Kind.REACTIVATED, by, reason)
    return account


@transaction.atomic
def new_secret(account, *, by, reason):
    """For a lost password or one that ran out before its first use. Returned once."""
    account, reason = claimed(account, by), needed(reason)
    if not account.is_active:
        raise Refused("Tài khoản đang khóa. Hãy mở lại trước khi cấp mật khẩu.")
    record(account, Kind.SECRET, by, reason)
    return services.issue_secret(account, by=by)


@transaction.atomic
def reset_factor(account, *, by, reason):
    account, reason = claimed(account, by), needed(reason)
    if account.second_factor_at is not None:
        services.reset_second_factor(account, by=by)
        record(account, Kind.FACTOR, by, reason)


@transaction.atomic
def unlock(account, *, by, reason):
    account, reason = claimed(account, by), needed(reason)
    services.unlock(account, by=by)
    record(account, Kind.UNLOCKED, by, reason)


def idle_accounts(days):
    """Active accounts that nobody used for so many days since the last login, since they were made, or since they were reopened."""
    limit = timezone.now() - datetime.timedelta(days=days)
    silent = [Q(**{f"{moment}__lt": limit}) | Q(**{moment: None}) for moment in ("last_login", "date_joined", "reactivated_at")]
    return User.objects.filter(*silent, is_active=True).order_by("pk")


def disable_idle(days):
    """[accounts disabled]. The last administrator of a branch stays, however long away."""
    done = []
    for account in idle_accounts(days):
        try:
            done.append(deactivate(account, by=None, reason=f"Không đăng nhập trong {days} ngày."))
        except Refused:
            continue
    return done


# --- memberships --------------------------------------------------------------------------


@transaction.atomic
def add_membership(account, *, unit, role, starts_on, by, sees=None, ends_on=None, acting=False, reason="", inherited=False, decision=None):
    """`inherited` from a leaver: what that one had goes on, also for a unit that ended meanwhile.

    What a decision carries over was given already, for a unit that ended: whoever may apply the decision may do it for
    every account, and it may stand beside one that sees less or ends sooner.
    """
    account, sees, asked = claimed(account, None if decision else by), sees or unit, None if decision else by
    among = Unit.objects.visible_to(by, MANAGE) if inherited and by is not None else None
    check_membership(asked, unit=unit, role=role, sees=sees, starts_on=starts_on, ends_on=ends_on, acting=acting, among=among)
    same = list(account.memberships.standing(starts_on).filter(unit=unit, role=role).select_related("sees"))
    if decision:
        same = [other for other in same if _as_far(other, sees, starts_on, ends_on)]
    if any(ends_on is None or other.starts_on <= ends_on for other in same):
        raise Refused(f"Tài khoản đã có phân công {ROLES[role]} ở {unit} trong khoảng ngày này.", field="starts_on")
    membership = Membership.objects.create(
        user=account, unit=unit, sees=sees, role=role, starts_on=starts_on, ends_on=ends_on, acting=acting, decision=decision
    )
    record(account, Kind.JOINED, by, reason, [("Phân công", "", words_of(membership))], _told_at(membership))
    return membership


def _as_far(held, sees, starts_on, ends_on):
    """In force from the first day on, as long, and seeing as much."""
    lasts = held.ends_on is None or (ends_on is not None and ends_on <= held.ends_on)
    return held.starts_on <= starts_on and lasts and sees.scope_path.startswith(held.sees.scope_path)


def _told_at(membership):
    """The unit whose administrators read of the membership; one that its decision founds may go again, and no act may hold it."""
    unit, decision = membership.unit, membership.decision
    return decision.unit if decision and Unit.objects.filter(pk=unit.pk, founded_by__line__decision=decision).exists() else unit


@transaction.atomic
def take_back(membership, *, by, reason):
    """What a decision carried over, when the decision is undone: the row goes, the act stays."""
    account, before = claimed(membership.user, None), words_of(membership)
    told_at = _told_at(membership)
    membership.delete()
    record(account, Kind.CANCELLED, by, reason, [("Phân công", before, "(hủy)")], told_at)


def check_membership(by, *, unit, role, sees, starts_on, ends_on, acting, among=None):
    if by is not None:
        given, among = {"unit": unit, "sees": sees}, units_for(by) if among is None else among
        allowed = set(among.filter(pk__in=[u.pk for u in given.values()]).values_list("pk", flat=True))
        for field, chosen in given.items():
            if chosen.pk not in allowed:
                raise Refused(f"{chosen} nằm ngoài phạm vi anh/chị quản trị hoặc đã kết thúc hoạt động.", field=field)
    if role not in ROLES:
        raise Refused("Vai trò không có trong danh sách.", field="role")
    if ends_on and ends_on < starts_on:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="ends_on")
    if acting and not ends_on:
        raise Refused("Giao quyền, phụ trách là giao có thời hạn: anh/chị ghi cả ngày kết thúc.", field="ends_on")


@transaction.atomic
def end_membership(membership, *, ends_on, by, reason, base=None):
    """Its last day. One that has not had a day yet and would end before it begins never was: the row goes, the act stays.

    `base` is the newest act on the account that the form knew; None where no form was shown.
    """
    reason = needed(reason)
    account = claimed(membership.user, by)
    if base is not None and version_of(account) != base:
        raise Conflict("Tài khoản vừa được người khác sửa.")
    membership, today = account.memberships.select_related("unit", "sees").get(pk=membership.pk), clock.today()
    if membership.ends_on and membership.ends_on < today:
        raise Refused("Phân công này đã kết thúc, không sửa được nữa.")
    if ends_on < membership.starts_on and membership.starts_on < today:
        raise Refused(f"Phân công bắt đầu từ {text.format_date(membership.starts_on)}: ngày kết thúc phải từ ngày đó.", field="ends_on")
    if membership.role == ADMINISTRATOR and account.is_active:
        check_administrators_stay([membership], max(ends_on + ONE_DAY, today))
    same = account.memberships.filter(unit=membership.unit, role=membership.role, starts_on__gt=membership.starts_on)
    if following := same.filter(starts_on__lte=ends_on).order_by("starts_on").first():
        since = text.format_date(following.starts_on)
        raise Refused(f"Tài khoản đã có phân công {ROLES[membership.role]} ở {membership.unit} từ {since}.", field="ends_on")
    before = words_of(membership)
    if ends_on < membership.starts_on:
        membership.delete()
        record(account, Kind.CANCELLED, by, reason, [("Phân công", before, "(hủy)")], membership.unit)
        return None
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    record(account, Kind.ENDED, by, reason, [("Phân công", before, words_of(membership))], membership.unit)
    return membership


def words_of(membership):
    """One line that stays true in the history, whatever is renamed later."""
    reach = "" if membership.sees_id == membership.unit_id else f", xem được {membership.sees}"
    until = f" đến {text.format_date(membership.ends_on)}" if membership.ends_on else ""
    return f"{membership.role_words}, {membership.unit}{reach}, từ {text.format_date(membership.starts_on)}{until}"
