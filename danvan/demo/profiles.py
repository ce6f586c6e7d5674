"""The invented offices that `make demo` can show. Light: every page of the demo reads the text of its profile."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Profile:
    root: str  # code of the unit on top: who has it has this profile
    years: tuple[int, ...]  # the last year with records, as `--until` takes it; the first is the default
    text: str
    build: str  # function(say, until), found by its name when it is wanted
    accounts: str  # what `create_account` takes for each account printed on start, and for the others
    others: str
    report: tuple[str, str]  # unit and period of the annual report that the worker makes first

    def logins(self):
        return list(dict((username, name) for username, name, *_ in import_string(self.accounts)).items())

    def everybody(self):
        return [*import_string(self.accounts), *import_string(self.others)()]


PROFILES = {
    "district-2019": Profile(
        root="QU",
        years=(2019, 2026),
        text="Dữ liệu trình diễn. “Quận Thanh Bình” không có thật; các con số lấy từ báo cáo đã công bố của hai quận.",
        build="danvan.demo.build.build_district",
        accounts="danvan.demo.accounts.PRINTED",
        others="danvan.demo.accounts.other_wards",
        report=("BDV", "2019"),
    ),
    "city-2026": Profile(
        root="TU",
        years=(2026,),
        text="Dữ liệu trình diễn. “Thành phố Thanh Bình” hai cấp không có thật; đơn vị, con số và lời văn đều đặt ra.",
        build="danvan.demo.city.build.build_city",
        accounts="danvan.demo.city.accounts.PRINTED",
        others="danvan.demo.city.accounts.others",
        report=("BTGDV", "2025"),
    ),
}


def chosen_profile():
    return PROFILES[settings.DEMO_PROFILE]


def chosen_logins():
    """[(username, whose)] that the demo prints when it starts."""
    return chosen_profile().logins()
