"""The least a program can do for a report: our HTML and style sheet from disk through WeasyPrint, same fonts, same PDF variant."""

import sys

from weasyprint import CSS, HTML

html, css, target = sys.argv[1:]
HTML(filename=html).write_pdf(target, stylesheets=[CSS(filename=css)], pdf_variant="pdf/a-2a")
