"""
How Sphinx builds the documentation.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import make_refnode

import dateline


project = "dateline"
author = "The dateline developers"
copyright = author
release = version = dateline.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]

html_theme = "furo"
html_title = f"dateline {release}"
html_copy_source = False
html_show_copyright = False
html_static_path = ["_static"]
html_css_files = ["tables.css"]

myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"exclude-members": "__init__, __new__"}
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_type_aliases = {"Locales": "Locales"}
autodoc_typehints = "signature"
autodoc_class_signature = "separated"
napoleon_numpy_docstring = False
python_maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"

# Names of other projects, whose inventories are not fetched, and type variables: they resolve nowhere.
nitpick_ignore_regex = [
    ("py:.*", r"(attrs?|cattrs|click|collections|datetime|decimal|enum|os|pathlib|types|typing)\..*"),
    ("py:.*", r"(.*\.)?(T|D|Record|Bound|Locales|Test|_?Has\w+|optional)"),
]

#: Where names are documented, in the order in which they are looked for.
_HOMES = (
    "dateline",
    "dateline.texts",
    "dateline.texts.sources",
    "dateline.ids",
    "dateline.store",
    "dateline.csl",
    "dateline.where",
    "dateline.citing",
    "dateline.formats.reports",
    "dateline.formats.losses",
)

_KEPT: dict[str, list[str]] = {}


class KeepReferences(SphinxTransform):
    """
    Keep references as they were made: a straight quote in one is code, and no typographer's business.
    """

    # Before the typographer, who has 750.
    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        """
        Mark them as Sphinx does its own exceptions.
        """
        for node in self.document.findall(nodes.container):
            if "references" in node["classes"]:
                node["support_smartquotes"] = False


def resolve_public_name(app: Any, env: Any, node: Any, content: Any) -> Any:
    """
    Lead a reference to the module that defines a name to the public place where it is documented.
    """
    if node.get("refdomain") != "py":
        return None

    domain = env.get_domain("py")
    name = node["reftarget"].rpartition(".")[2]
    for home in _HOMES:
        found = domain.objects.get(f"{home}.{name}")
        if found is not None:
            return make_refnode(
                app.builder, node["refdoc"], found.docname, found.node_id, content, f"{home}.{name}"
            )

    return None


def part_stray_raises(*event: Any) -> None:
    """
    Let a line below "Raises:" that names no error, such as "And whatever load() raises.", be a paragraph.
    """
    lines = event[-1]
    if "Raises:" not in lines:
        return

    first = lines.index("Raises:") + 1
    section = list(itertools.takewhile(lambda line: line.startswith("    "), lines[first:]))
    stray = [line.strip() for line in section if not re.match(r"    (\w+: |     )", line)]
    named = [line for line in section if line.strip() not in stray]
    rest = lines[first + len(section) :]
    opening = lines[: first if named else first - 1]
    words = stray if named or not stray else [f"Raises {stray[0][0].lower()}{stray[0][1:]}", *stray[1:]]
    lines[:] = [*opening, *named, "", *words, "", *rest]


def keep_comment(*event: Any) -> None:
    """
    Set an attribute's comment aside, before a colon in it is taken for the end of a type.
    """
    _, what, name, *_, lines = event
    if what in {"attribute", "data", "property"}:
        _KEPT[name] = list(lines)


def restore_comment(*event: Any) -> None:
    """
    Put an attribute's comment back.
    """
    _, _, name, *_, lines = event
    if name in _KEPT:
        lines[:] = _KEPT.pop(name)


def setup(app: Any) -> None:
    """
    Tell Sphinx of what this project adds.
    """
    app.add_transform(KeepReferences)
    app.connect("missing-reference", resolve_public_name)
    # Before napoleon, which has the usual priority of 500, and after it.
    app.connect("autodoc-process-docstring", part_stray_raises, priority=100)
    app.connect("autodoc-process-docstring", keep_comment, priority=200)
    app.connect("autodoc-process-docstring", restore_comment, priority=800)
