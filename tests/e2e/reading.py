"""Reads what the officers see: the dashboard's numbers with the rows behind them, lists and tables."""

from urllib.parse import parse_qsl, urlsplit

from tests.danvan.dashboard.reading import counts_of, marked_links

YEAR = "2019"
BOARD = f"/bang-dieu-hanh/?ky={YEAR}"
AT_ONCE = 6  # pages fetched side by side

TABLE = """table => {
  const words = cell => cell.innerText.trim().replace(/\\s+/g, " ");
  const heads = [...table.tHead.rows[0].cells].map(cell => words(cell.querySelector("abbr") || cell));
  const found = {};
  for (const row of [table.tHead.rows[0], ...table.tBodies[0].rows])
    [...row.cells].slice(1).forEach((cell, n) => { found[words(row.cells[0]) + " | " + heads[n + 1]] = words(cell); });
  return found;
}"""
FETCH = """addresses => Promise.all(addresses.map(address => fetch(address).then(answer => {
  if (answer.status !== 200) throw new Error(address + ": " + answer.status);
  return answer.text();
})))"""


# --- lists, tables, files --------------------------------------------------------------------------


def rows_of(person, address):
    """The count that the list says."""
    return counts_of(fetched(person, [address])[0])[0]


def fetched(person, addresses):
    """The pages behind the addresses, asked for from the page that stands open."""
    return [page for first in range(0, len(addresses), AT_ONCE) for page in person.page.evaluate(FETCH, addresses[first : first + AT_ONCE])]


def choices_of(person, address, name):
    """{value: words} of what a select of the page offers."""
    options = person.open(address).locator(f"select[name={name}] option")
    return dict(options.evaluate_all("options => options.filter(o => o.value).map(o => [o.value, o.textContent])"))


def cells_of(page, name):
    """{"row | column": words} of the table with that name; what its head says stands under the name of the first column."""
    return page.get_by_role("table", name=name, exact=True).evaluate(TABLE)


def changed(before, after):
    """{key: (before, after)} of what differs, None where it is not there."""
    return {key: (before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)}


# --- the dashboard ---------------------------------------------------------------------------------


def board_of(person, address=BOARD):
    """{address: (number, number done)} of every number on the dashboard; where one stands twice it says the same."""
    found = {}
    for link, rows, done, words in marked_links(person.open(address).content()):
        told = found.setdefault(link, [None, None])
        for place, number in enumerate((rows, done)):
            assert number is None or told[place] in (None, number), (words, link, told, number)
            told[place] = told[place] if number is None else number
    return {link: tuple(told) for link, told in found.items()}


def follow(person, board):
    """Each of these numbers of the dashboard equals the rows that its link opens."""
    for address, page in zip(board, fetched(person, list(board)), strict=True):
        counted = counts_of(page)
        wrong = [number for number, rows in zip(board[address], counted, strict=True) if number not in (None, rows)]
        assert not wrong, (address, board[address], counted)


def short(address, units):
    """ "gs_rounds", "gs_rec_sent trang_thai=da_gui", "nhiem-vu Phường An Phú thang=2019-12": an address in a few words."""
    parts = urlsplit(address)
    params = dict(parse_qsl(parts.query))
    words = [params.pop("chi-tieu", "") or parts.path.strip("/").rpartition("/")[2], units.get(params.pop("don_vi", ""), "")]
    return " ".join([*filter(None, words), *(f"{name}={value}" for name, value in params.items() if (name, value) != ("ky", YEAR))])


def units_of(person):
    """{key in addresses: name}, as the filter of the duties offers them."""
    return choices_of(person, f"/bang-dieu-hanh/nhiem-vu/?ky={YEAR}", "don_vi")
