"""Two people beside a story: one sees every number that a step moves, the other sees nothing of what is not hers."""

import re
from dataclasses import dataclass, field

from tests.e2e.reading import BOARD, board_of, changed, follow, rows_of, short, units_of
from tests.e2e.studio import studio_figures, studio_lines


@dataclass
class Moved:
    """What one step moved: {key: (before, after)} on the dashboard and in the studio, sentences of the report that went and came."""

    board: dict
    figures: dict
    went: list
    came: list


def said(told):
    """A number; "7/8" where 7 of 8 duties are done; None where it does not stand."""
    if told is None:
        return None
    rows, done = told
    return rows if done is None else f"{done}/{rows}"


class Watcher:
    """The office's leader looks after every step; a number that moved is followed to its rows."""

    def __init__(self, person, report):
        self.person, self.report = person, report
        self.units = units_of(person)
        self.read()
        self.follow_all("29-bang-dieu-hanh")

    def read(self):
        self.board = board_of(self.person)
        self.figures, self.lines = studio_figures(self.person, self.report), studio_lines(self.person, self.report)

    def after(self):
        board, figures, lines = self.board, self.figures, self.lines
        self.read()
        moved = changed(board, self.board)
        follow(self.person, {address: now for address, (_, now) in moved.items() if now})
        went, came = ([line for line in mine if line not in other] for mine, other in ((lines, self.lines), (self.lines, lines)))
        told = {short(address, self.units): (said(before), said(now)) for address, (before, now) in moved.items()}
        return Moved(told, changed(figures, self.figures), went, came)

    def follow_all(self, shot):
        """Every number of the dashboard, also those that did not move."""
        if not self.person.portal.quick:
            self.person.open(BOARD)
            self.person.shot(shot)
            follow(self.person, self.board)

    def rows(self, address):
        return rows_of(self.person, address)


@dataclass
class Neighbour:
    """The officer of another ward: every address of the story's records says that there is no such page."""

    person: object
    closed: list = field(default_factory=list)

    def shut_out(self, known_to, *addresses):
        """`known_to` opens or is refused each address, so that it does exist; for the neighbour none of them does."""
        for address in addresses:
            found = known_to.context.request.get(f"{known_to.portal.url}{address}", max_redirects=0).status
            assert found in (200, 302, 403, 405), (address, found)
        self.closed += addresses
        self.sees_nothing()

    def sees_nothing(self):
        for address in self.closed:
            asked = [self.person.context.request.get] + [self.post] * (not re.fullmatch(r"/tep/\d+/", address))  # a file is only fetched
            for ask in asked:
                answer = ask(f"{self.person.portal.url}{address}")
                assert answer.status == 404, (address, answer.status)

    def post(self, address):
        token = self.person.page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
        return self.person.context.request.post(address, form={"csrfmiddlewaretoken": token}, headers={"Referer": address})
