"""The least a program can do for a report: our HTML and style sheet from disk through WeasyPrint, same fonts, same PDF variant.

plain_pdf.py CSS HTML PDF HTML PDF ...
"""

import sys

from weasyprint import CSS, HTML

css, *files = sys.argv[1:]
for html, target in zip(files[::2], files[1::2], strict=True):
    HTML(filename=html).write_pdf(target, stylesheets=[CSS(filename=css)], pdf_variant="pdf/a-2a")
