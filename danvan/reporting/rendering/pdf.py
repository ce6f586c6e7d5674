"""HTML → PDF/A-2a through WeasyPrint, with our fonts and nothing else."""

import os
import threading
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.template.loader import render_to_string

from danvan.reporting.rendering.html import profile_of, render_figures_html, render_html
from danvan.reporting.rendering.profiles import PROFILES
from danvan.reporting.rendering.text import FONTS

# Before the first import of weasyprint: fontconfig then sees the vendored folder only, so that no font of the
# machine can slip into a document.
os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from weasyprint import CSS

VARIANT = "pdf/a-2a"
FACES = {"Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"}
_lock = threading.Lock()  # the shared font configuration and its Pango font map are not thread-safe


class RenderError(Exception):
    """The document asked for something outside our fonts; nothing was written."""


class FontsOnlyFetcher(URLFetcher):
    """Serves the four faces from disk; opens no connection and no other file, and a refusal stops the document."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or parts.netloc or path.parent != FONTS or path.name not in FACES:
            raise ValueError(f"refused: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


@lru_cache(maxsize=1)
def _fetcher() -> FontsOnlyFetcher:
    return FontsOnlyFetcher()


@lru_cache(maxsize=1)
def _font_configuration() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=8)
def _stylesheet(profile_code: str) -> "CSS":
    css = render_to_string("reports/document.css", {"profile": PROFILES[profile_code], "fonts": FONTS.as_uri()})
    return weasyprint.CSS(string=css, url_fetcher=_fetcher(), font_config=_font_configuration())


def render_pdf(snapshot: dict[str, Any]) -> bytes:
    return write_pdf(render_html(snapshot), profile_of(snapshot).code)


def render_figures_pdf(snapshot: dict[str, Any]) -> bytes:
    """The internal companion: every figure with its formula, its counts by unit and where each came from."""
    return write_pdf(render_figures_html(snapshot), profile_of(snapshot).code)


def write_pdf(html: str, profile_code: str) -> bytes:
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its colour profile's file to the collector
        try:
            document = weasyprint.HTML(string=html, base_url=None, url_fetcher=_fetcher())
            content = document.write_pdf(
                stylesheets=[_stylesheet(profile_code)],
                font_config=_font_configuration(),
                pdf_variant=VARIANT,
            )
        except FatalURLFetchingError as error:  # a BaseException, which would take the worker down
            raise RenderError(str(error)) from error
    return content
