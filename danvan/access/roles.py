"""Roles and what each may do: the table of product.md §1 as data. The written matrix in docs is made from it."""

OFFICER, HEAD, FRONT, REVIEWER, LEADER, APPRAISER, ADMINISTRATOR = (
    "can_bo",
    "truong_don_vi",
    "mat_tran",
    "chuyen_vien",
    "lanh_dao",
    "hoi_dong",
    "quan_tri",
)

ROLES = {
    OFFICER: "Cán bộ đơn vị",
    HEAD: "Người đứng đầu đơn vị",
    FRONT: "Mặt trận và tổ chức chính trị - xã hội",
    REVIEWER: "Chuyên viên cơ quan dân vận",
    LEADER: "Lãnh đạo cơ quan dân vận",
    APPRAISER: "Thành viên hội đồng",
    ADMINISTRATOR: "Quản trị hệ thống",
}

UNIT_ROLES = frozenset({OFFICER, HEAD, FRONT})
OFFICE_ROLES = frozenset({REVIEWER, LEADER})

# right -> roles that hold it. "own" means a record of a unit the user acts for; the rest reach what that membership sees.
RIGHTS = {
    "home.view": frozenset(ROLES),
    "registration.view": UNIT_ROLES | OFFICE_ROLES,
    "registration.edit_own": frozenset({OFFICER, FRONT}),
    "registration.edit_any": frozenset({REVIEWER}),
    "registration.move_stage": frozenset({REVIEWER}),
    "award.view": UNIT_ROLES | OFFICE_ROLES,
    "award.edit": frozenset({REVIEWER}),
    "campaign.view": UNIT_ROLES | OFFICE_ROLES,
    "campaign.edit": frozenset({REVIEWER}),
    "regulation.view": UNIT_ROLES | OFFICE_ROLES,
    "regulation.edit_own": frozenset({OFFICER, FRONT}),
    "regulation.edit_any": frozenset({REVIEWER}),
    "disclosure.view": UNIT_ROLES | OFFICE_ROLES,
    "disclosure.edit_own": frozenset({OFFICER}),
    "disclosure.edit_any": frozenset({REVIEWER}),
    "supervision.view": UNIT_ROLES | OFFICE_ROLES,
    "supervision.edit_own": frozenset({FRONT}),
    "supervision.edit_any": frozenset({REVIEWER}),
    "recommendation.reply_own": frozenset({OFFICER, FRONT}),
    "recommendation.confirm_own": frozenset({HEAD}),
    "recommendation.verify": frozenset({FRONT, REVIEWER}),
    "dialogue.view": UNIT_ROLES | OFFICE_ROLES,
    "dialogue.edit_own": frozenset({OFFICER, FRONT}),
    "dialogue.edit_any": frozenset({REVIEWER}),
    "commitment.progress_own": frozenset({OFFICER, FRONT}),
    "dialogue.publish": frozenset({LEADER}),
    "link.edit": frozenset({OFFICER, FRONT, REVIEWER}),
    "dashboard.view": OFFICE_ROLES,
    "submission.view": UNIT_ROLES | OFFICE_ROLES,
    "submission.fill_own": frozenset({OFFICER, FRONT}),
    "submission.send_own": frozenset({HEAD}),
    "submission.review": frozenset({REVIEWER}),
    "submission.reopen": frozenset({LEADER}),
    "report.view": UNIT_ROLES | OFFICE_ROLES,
    "report.compose_own": frozenset({OFFICER, HEAD, FRONT}),
    "report.compose": frozenset({REVIEWER}),
    "report.approve": frozenset({LEADER}),
    "job.view": UNIT_ROLES | OFFICE_ROLES,
    "search.use": UNIT_ROLES | OFFICE_ROLES,
    "period.open": frozenset({REVIEWER, ADMINISTRATOR}),
    "catalogue.edit": frozenset({ADMINISTRATOR}),
    "unit.edit": frozenset({ADMINISTRATOR}),
    "account.manage": frozenset({ADMINISTRATOR}),
    "file.view": UNIT_ROLES | OFFICE_ROLES,
    "audit.view": frozenset({ADMINISTRATOR}),
}
