"""
A processor of the Citation Style Language 1.0.2, and nothing else.

Styles and locales come as XML, items as CSL-JSON mappings; what comes out is rich text, printed
plain by ``str()`` or written as HTML, Markdown or LaTeX. :class:`Style` is the door.
"""

from __future__ import annotations

from dateline.csl.context import Cite
from dateline.csl.errors import (
    CslError,
    InvalidItem,
    InvalidStyle,
    NoSuchLocale,
    RenderingTooLarge,
    UnsafeXml,
)
from dateline.csl.output import Entry, RichText
from dateline.csl.positions import Citation
from dateline.csl.style import Style, parent_style


__all__ = [
    "Citation",
    "Cite",
    "CslError",
    "Entry",
    "InvalidItem",
    "InvalidStyle",
    "NoSuchLocale",
    "RenderingTooLarge",
    "RichText",
    "Style",
    "UnsafeXml",
    "parent_style",
]
