"""Which rows exist for me. Every list, detail, form choice, file, export and job asks here and nowhere else."""

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q

from danvan.access.roles import RIGHTS
from danvan.common import clock


def scope_columns(model):
    """The foreign keys to Unit that open a row to a branch; a model without SCOPE is no unit's data."""
    columns = getattr(model, "SCOPE", None)
    if columns is None:
        raise ImproperlyConfigured(f"{model.__name__} declares no SCOPE")
    return columns


def branch_filter(user, columns, right=None):
    """Rows whose column stands in a branch that the user sees. `columns` may cross relations ("registration__unit")."""
    memberships = [m for m in user.active_memberships() if right is None or m.role in RIGHTS[right]] if user.is_authenticated else []
    branches = {membership.sees.scope_path for membership in memberships}
    allowed = Q(pk__in=[])
    for column in columns:
        for branch in branches:
            allowed |= Q(**{f"{column}__scope_path__startswith": branch} if column else {"scope_path__startswith": branch})
    return allowed


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, user, right=None):
        """With `right`: only what is seen through a membership that holds it, for those who may write in what they see."""
        return self.filter(branch_filter(user, scope_columns(self.model), right))

    def readable_by(self, user):
        """Also what a unit above published downwards ("Cấp trên ban hành"): to read and cite, never to edit or count.

        What was published while the unit stood elsewhere stays readable: the periods of that time are its own.
        """
        if not user.is_authenticated or not hasattr(self.model, "published_on"):
            return self.visible_to(user)
        published = Q(pk__in=[])
        for unit in {membership.unit for membership in user.active_memberships()}:
            published |= Q(published_on__lte=clock.today(), unit__in=ancestor_ids(unit.scope_path))
            for above, first, after in unit.former_places:
                published |= Q(published_on__gte=first, published_on__lt=after, unit__in=above)
        return self.filter(branch_filter(user, scope_columns(self.model)) | published)


def ancestor_ids(scope_path):
    """The primary keys on the way down: "1.4.9." gives [1, 4, 9]."""
    return [int(part) for part in scope_path.split(".") if part]
