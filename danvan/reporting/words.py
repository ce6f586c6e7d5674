"""What a report calls its levels and bodies: labels speak neutrally, a report of 2019 goes on saying what was said in 2019."""

import re
from dataclasses import dataclass

from danvan.units.models import Kind
from danvan.units.words import called, level_noun

# By law a level of this name stands below a centrally run city only; above any other both words are right.
ABOVE = {"quận": "cấp thành phố"}
HIGHEST = ("tỉnh", "thành phố")


@dataclass(frozen=True)
class Words:
    """The words of one report, from the versions of its units on the period's last day."""

    whole: str  # "Toàn xã": everything the report is about
    upper: str  # the level above the grassroots
    lower: str  # the grassroots
    highest: str  # the level above `upper`
    below: str  # what the reporting units are called in running text
    committee: str
    government: str
    issuer: str

    def told(self, text):
        """A label in the words of the report."""
        words = {}
        for neutral, word in self._pairs():
            words[neutral] = word
            words.setdefault(neutral[:1].upper() + neutral[1:], word[:1].upper() + word[1:])
        return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)  # once: a word may repeat its label

    def _pairs(self):
        return [
            ("Ban Thường vụ cấp ủy", f"Ban Thường vụ {self.committee}"),
            ("Ủy ban nhân dân cùng cấp", f"Ủy ban nhân dân {self.government}"),
            ("UBND cùng cấp", f"UBND {self.government}"),
            ("CƠ QUAN DÂN VẬN", self.issuer),
            ("cấp trên cơ sở", self.upper),
            ("cấp cơ sở", self.lower),
            ("cấp tỉnh, thành phố", self.highest),
        ]


def words_of_levels(header, lineage, places):
    """`header` is who reports, `lineage` the versions from what is reported on up to the top, `places` all versions reported on."""
    top = lineage[0]
    committee = next((version for version in lineage if version.kind == Kind.PARTY_COMMITTEE), None)
    upper = level_noun(committee) if committee else ""
    wards = [place for place in places if place.kind == Kind.WARD and place.unit_id != top.unit_id and not place.closed]
    nouns = {level_noun(ward) for ward in wards}
    return Words(
        whole=f"Toàn {level_noun(top) or 'địa bàn'}",
        upper=f"cấp {upper}" if upper else "cấp trên cơ sở",
        lower=f"cấp {nouns.pop()}" if len(nouns) == 1 and "" not in nouns else "cấp cơ sở",
        highest="cấp trên" if upper in HIGHEST else ABOVE.get(upper, "cấp tỉnh, thành phố"),
        below=called(wards),
        committee=without_place(committee) if committee else "cấp ủy",
        government=upper or "cùng cấp",
        issuer=header.issuer_name or "CƠ QUAN DÂN VẬN",
    )


def without_place(version):
    """The body without the name of its place, as a sentence of the place itself calls it."""
    return version.name.removesuffix(version.place).strip() or version.name
