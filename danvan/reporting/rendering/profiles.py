"""Document formats (thể thức) as data; the rule numbers are those of docs: HD 36-HD/VPTW 2018 (P01–P25)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """One regime of document format. Lengths `…_mm`, font sizes and leadings `…_pt`."""

    code: str
    name: str
    # paper and page number (P01, P02, P04)
    page_size: str
    margin_top_mm: int
    margin_right_mm: int
    margin_bottom_mm: int
    margin_left_mm: int
    page_number_pt: int
    page_number_padding_mm: str  # of a line as high as its font: the digits' tops then stand at 10 mm
    # header (P05–P11); the two columns fill the text width
    header_left_mm: int
    header_right_mm: int
    right_pt: int
    organisation_pt: int
    organisation_mark: str
    number_pt: int
    number_format: str
    place_pt: int
    place_gap_pt: int  # brings the place line level with the number in the left column
    # title (P13, P14)
    type_pt: int
    summary_pt: int
    title_separator: str
    # body (P16)
    body_pt: int
    leading_pt: int
    indent_mm: int
    paragraph_gap_pt: int
    table_pt: int
    table_leading_pt: int
    # signature and recipients (P20–P23)
    authority_bold: bool
    signer_title_bold: bool
    signature_blank_lines: int
    recipients_label: str
    recipients_label_pt: int
    recipients_pt: int
    recipients_separator: str
    # appendices and marks (P24)
    appendix_label: str
    draft_label: str

    @property
    def text_width_mm(self) -> int:
        return 210 - self.margin_left_mm - self.margin_right_mm

    @property
    def signature_gap_pt(self) -> int:
        return self.signature_blank_lines * self.leading_pt


HD36 = Profile(
    code="hd36",
    name="Hướng dẫn 36-HD/VPTW ngày 03/4/2018",
    page_size="A4",
    margin_top_mm=20,
    margin_right_mm=15,
    margin_bottom_mm=20,
    margin_left_mm=30,
    page_number_pt=14,
    page_number_padding_mm="9.2",
    header_left_mm=75,
    header_right_mm=90,
    right_pt=15,
    organisation_pt=14,
    organisation_mark="*",
    number_pt=14,
    number_format="Số {number}-{symbol}",
    place_pt=14,
    place_gap_pt=32,
    type_pt=16,
    summary_pt=14,
    title_separator="-----",
    body_pt=14,
    leading_pt=18,
    indent_mm=10,
    paragraph_gap_pt=6,
    table_pt=12,
    table_leading_pt=15,
    authority_bold=True,
    signer_title_bold=False,
    signature_blank_lines=4,
    recipients_label="Nơi nhận:",
    recipients_label_pt=14,
    recipients_pt=12,
    recipients_separator=",",
    appendix_label="Phụ lục",
    draft_label="Dự thảo",
)

PROFILES = {profile.code: profile for profile in (HD36,)}
