"""What the wards typed, in the order of the regime: mediation (received, solved, failed), reception, petitions (carried over,
received, done), one-stop files (done, in time), weddings and funerals (all, in the civil way), meetings and listeners.

What a ward carries over is what it had left the year before.
"""
# fmt: off

CODES = (
    "hg_total", "hg_success", "hg_fail", "tcd_turns", "dt_carried", "dt_in", "dt_done", "mc_files", "mc_ontime",
    "cuoi_total", "cuoi_vm", "tang_total", "tang_vm", "tt_sessions", "tt_turns",
)

TYPED = {
    2018: {
        "AP": (46, 44, 2, 312, 2, 38, 37, 9840, 9702, 96, 94, 58, 57, 64, 5230),
        "BM": (38, 37, 1, 268, 2, 29, 30, 8115, 8034, 88, 88, 49, 49, 52, 4410),
        "CD": (52, 50, 2, 295, 3, 41, 40, 8720, 8590, 104, 101, 63, 61, 58, 4875),
        "DS": (41, 39, 1, 240, 1, 33, 32, 7460, 7365, 92, 90, 51, 50, 47, 3920),
        "HL": (35, 34, 0, 221, 0, 27, 26, 6980, 6915, 85, 84, 47, 47, 45, 3640),
        "HT": (44, 42, 2, 287, 2, 36, 35, 9130, 8996, 99, 96, 55, 53, 56, 4690),
        "KL": (33, 32, 1, 254, 1, 31, 30, 10260, 10140, 112, 111, 42, 42, 61, 5570),
        "LH": (48, 46, 1, 233, 3, 35, 34, 7285, 7158, 90, 87, 54, 52, 43, 3510),
    },
    2019: {
        "AP": (49, 48, 1, 328, 3, 40, 41, 10420, 10325, 93, 92, 61, 61, 68, 5615),
        "BM": (36, 36, 0, 284, 1, 31, 29, 8590, 8531, 91, 91, 52, 52, 57, 4820),
        "CD": (47, 46, 1, 310, 4, 38, 39, 9050, 8965, 98, 97, 66, 65, 62, 5190),
        # the audience jumps by 234 %, the reception count is last year's: the reviewer's flags have something to show
        "DS": (39, 38, 0, 240, 2, 35, 34, 7815, 7742, 95, 94, 53, 53, 51, 13093),
        "HL": (38, 37, 1, 246, 1, 29, 28, 7210, 7168, 82, 82, 50, 50, 49, 3985),
        "HT": (42, 41, 1, 305, 3, 34, 36, 9480, 8890, 94, 93, 57, 56, 60, 4985),
        "KL": (36, 36, 0, 271, 2, 33, 32, 10985, 10902, 109, 108, 45, 45, 66, 6120),
    },
}

HALF = 7  # of An Phú's line of 2019: the officer stopped after the petitions


# of each pair the part is never above the whole: its gap to the whole is kept small
PAIRS = {"mc_ontime": "mc_files", "cuoi_vm": "cuoi_total", "tang_vm": "tang_total"}


def values(year, ward):
    """As typed; in later years, and where a ward had not typed yet, grown out of the year before."""
    typed = TYPED.get(year, {}).get(ward)
    return dict(zip(CODES, typed, strict=True)) if typed else _grown(values(year - 1, ward), year, ord(ward[0]))


def _grown(before, year, salt):
    """A few per cent up or down, the same on every run; the rules between the figures hold."""
    now = {code: number * (97 + (salt + year * 3 + place * 5) % 8) // 100 for place, (code, number) in enumerate(before.items())}
    now |= {part: now[whole] - min(before[whole] - before[part], now[whole]) for part, whole in PAIRS.items()}
    now["hg_fail"] = min(1 + (salt + year) % 2, now["hg_total"])
    now["hg_success"] = now["hg_total"] - now["hg_fail"]
    now["dt_carried"] = before["dt_carried"] + before["dt_in"] - before["dt_done"]
    now["dt_done"] = now["dt_carried"] + now["dt_in"] - (salt + year) % 4
    return now
