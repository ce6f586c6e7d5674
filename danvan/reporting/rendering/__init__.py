"""The document renderer: a pure function of a JSON snapshot.

No database, no clock, no user: the same snapshot gives the same bytes on the same build.
"""

from danvan.reporting.rendering.html import render_html
from danvan.reporting.rendering.pdf import RenderError, render_figures_pdf, render_pdf

__all__ = ["RenderError", "render_figures_pdf", "render_html", "render_pdf"]
