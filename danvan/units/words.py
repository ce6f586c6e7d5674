"""What levels and kinds of units are called: always the words that the units themselves carry, of the day of their versions."""

from danvan.units.models import Kind

LEVEL = "cấp "


def level_noun(version):
    """ "xã" of the level "Cấp xã"; "" where the unit stands on no level of the state, as "Đơn vị trực thuộc"."""
    level = version.level_name.strip()
    return level[len(LEVEL) :] if level.lower().startswith(LEVEL) else ""


def _kind_word(version):
    """Of the words of its kind ("Phường, xã, đặc khu") the one that begins its name, else ""."""
    words = Kind(version.kind).label.split(", ")
    return next((word for word in words if version.name.lower().startswith(f"{word.lower()} ")), "")


def short_name(version):
    """ "An Phú" of "Phường An Phú", for a narrow column of the units at the grassroots."""
    word = _kind_word(version) if version.kind == Kind.WARD else ""
    return version.name[len(word) :].strip()


def called(versions):
    """What several units are called together: their levels, else their kind; "đơn vị" where there are several kinds."""
    kinds = {version.kind for version in versions}
    nouns = {level_noun(version) or _kind_word(version).lower() for version in versions}
    if len(kinds) != 1:
        return "đơn vị"
    return Kind(kinds.pop()).label.lower() if "" in nouns else ", ".join(sorted(nouns))
