"""What the dashboard shows, by code: a figure whose module is not there is left out."""

from danvan.figures import registry

COMMITMENTS = ("ck_done", "ck_due")
RECOMMENDATIONS, RESOLVED = ("gs_rec_answered", "gs_rec_sent"), "gs_rec_verified"
MODELS, RECOGNISED = ("dvk_model", "dvk_exemplar"), ("dvk_model_recognised", "dvk_exemplar_recognised")
COMPARED = (
    "dth_held", "dth_questions", "ck_done", "gs_rounds", "gs_rec_sent", "cong_khai_total", "qc_district_issued", "qc_issued",
    "dvk_model", "dvk_exemplar", "dvk_model_recognised", "dvk_exemplar_recognised",
)  # fmt: skip


def known(codes):
    """The codes that a module declares, in their order."""
    return [code for code in codes if code in registry.all_figures()]


def complete(codes):
    """Whether all of them are there: half of a ratio says nothing."""
    return len(known(codes)) == len(codes)
