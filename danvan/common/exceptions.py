"""What services raise. Views do not catch these: common.http turns them into pages."""


class Refused(Exception):
    """A rule says no. `str(error)` is the Vietnamese sentence for the screen; `field` names the form field it belongs to."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.message = message
        self.field = field


class Unconfirmed(Exception):
    """What was asked for needs the password, or a code, once more; danvan.accounts.step_up leads there and back."""


class Conflict(Refused):
    """Somebody else saved the same record first."""
