"""
``cs:names``: lists of names with labels, et al. and substitution (CSL 1.0.2, "Names").
"""

from __future__ import annotations

from typing import Final, NamedTuple

from dateline.csl.compiling import Compiling
from dateline.csl.conditions import compile_choose
from dateline.csl.context import MISSING, Context, Part, Render, found
from dateline.csl.elements import required
from dateline.csl.formatting import Decoration, read_decoration
from dateline.csl.namelist import print_names
from dateline.csl.namestyle import NameStyle, read_name_style
from dateline.csl.person import Person
from dateline.csl.runs import EMPTY, Runs, text, wrap
from dateline.csl.textcase import change_case
from dateline.csl.tree import Element


#: Terms for one person in two roles, by the roles (CSL 1.0.2, "Names").
JOINT_ROLES: Final = {frozenset({"editor", "translator"}): "editortranslator"}


class Label(NamedTuple):
    """
    A ``cs:label`` inside ``cs:names``.
    """

    form: str
    plural: str
    decorate: Decoration
    #: Whether it stands in front of the names.
    leads: bool
    #: Whether it is in title case: its words are the style's, whatever the item's language.
    titled: bool


class Template(NamedTuple):
    """
    How names are printed, whichever variable they come from.
    """

    style: NameStyle
    label: Label | None
    delimiter: str
    decorate: Decoration


def compile_names(element: Element, compiler: Compiling) -> Render:
    """
    A function that renders ``cs:names``.
    """
    variables = tuple(required(element, "variable").split())
    lender = compiler.lender
    source = lender if lender is not None and not element.children else element
    template = read_template(element, source, compiler)
    substitutes = compile_substitutes(element, source, compiler)

    def render(context: Context) -> Part:
        context.step()
        if context.omit_names:
            return MISSING
        part = print_variables(context, variables, template)
        if part.runs:
            return part
        for substitute in substitutes:
            replacement = substituted(context, substitute)
            if replacement is not None:
                return replacement
        return MISSING

    return render


def read_template(element: Element, source: Element, compiler: Compiling) -> Template:
    """
    What the children of *source* and the attributes of *element* say.
    """
    style = read_name_style(source.first("name"), source.first("et-al"), compiler)
    delimiter = element.get("delimiter") or source.get("delimiter")
    if delimiter is None:
        delimiter = compiler.options.get("names-delimiter", "")

    # Names that borrow the children borrow the attributes as well.
    attributes = {**source.attributes, **element.attributes}
    decoration = read_decoration(Element("names", attributes))

    return Template(style, read_label(source), delimiter, decoration)


def read_label(source: Element) -> Label | None:
    """
    The label among the children, or None.
    """
    label = source.first("label")
    if label is None:
        return None
    tags = [child.tag for child in source.children]
    leads = "name" in tags and tags.index("label") < tags.index("name")

    return Label(
        label.get("form") or "long",
        label.get("plural") or "contextual",
        read_decoration(label),
        leads,
        label.get("text-case") == "title",
    )


def compile_substitutes(element: Element, source: Element, compiler: Compiling) -> tuple[Render, ...]:
    """
    What is tried in turn when all variables are empty.
    """
    substitute = element.first("substitute")
    if substitute is None:
        return ()

    lender, compiler.lender = compiler.lender, source
    compiled = tuple(compile_substitute(child, compiler) for child in substitute.children)
    compiler.lender = lender

    return compiled


def compile_substitute(element: Element, compiler: Compiling) -> Render:
    """
    One of the elements tried; a ``cs:choose`` offers those of its branch one by one.

    CSL 1.0.2, "Substitute": what comes after the first that prints is not reached.
    """
    if element.tag == "choose":
        return compile_choose(element, compiler, first_printed)

    return compiler.element(element)


def first_printed(context: Context, children: tuple[Render, ...], _delimiter: str) -> Part:
    """
    What the first of the children that prints anything prints.
    """
    for child in children:
        part = child(context)
        if part.runs:
            return part

    return MISSING


def substituted(context: Context, substitute: Render) -> Part | None:
    """
    What the substitute prints, its variables then suppressed in all that follows.
    """
    seen: set[str] = set()
    context.watching.append(seen)
    part = substitute(context)
    context.watching.pop()
    if not part.runs:
        return None
    context.suppressed |= seen

    if any(mark.kind == "names" for run in part.runs for mark in run.marks):
        return part

    # A term stands for no names: groups around may be silent, no dash replaces it.
    if not part.found:
        return Part(part.runs, called=True)

    return found(wrap(part.runs, "names"))


def print_variables(context: Context, variables: tuple[str, ...], template: Template) -> Part:
    """
    The names of all variables, or the joint role where both have the same people.
    """
    if template.style.form == "count":
        return print_count(context, variables, template)
    joint = joint_role(context, variables)
    roles = ((joint, variables[0]),) if joint else tuple(zip(variables, variables, strict=True))
    pieces = []
    for role, variable in roles:
        people = people_of(context, variable)
        if people:
            context.note(variable)
            pieces.append(print_role(context, role, people, template))
    if not pieces:
        return MISSING
    if joint:
        context.note(variables[1])
    runs = context.join_all(pieces, template.delimiter)

    return template.decorate(context, found(runs))


def people_of(context: Context, variable: str) -> tuple[Person, ...]:
    """
    The names of a variable, none if a substitution has printed them.
    """
    if context.has_printed(variable):
        return ()

    return context.item.names(variable)


def joint_role(context: Context, variables: tuple[str, ...]) -> str:
    """
    The term for the same people in two roles, or nothing.
    """
    role = JOINT_ROLES.get(frozenset(variables), "") if len(variables) > 1 else ""
    if not role or not context.locale.term(role):
        return ""
    first, second = (people_of(context, variable) for variable in variables)

    return role if first and first == second else ""


def print_role(context: Context, role: str, people: tuple[Person, ...], template: Template) -> Runs:
    """
    Names and their label.
    """
    names = wrap(print_names(context, people, template.style), "names", role)
    label = template.label
    if label is None or not names or context.sorting:
        return names
    plural = label.plural == "always" or (label.plural == "contextual" and len(people) > 1)
    words = text(context.locale.term(role, label.form, plural=plural))
    if label.titled:
        words = change_case(words, "title", english=True)
    printed = label.decorate(context, Part(words)).runs if words else EMPTY
    pair = (printed, names) if label.leads else (names, printed)

    return context.join_all(pair)


def print_count(context: Context, variables: tuple[str, ...], template: Template) -> Part:
    """
    How many names would be shown (CSL 1.0.2, "Name", form count).
    """
    minimum, first, _ = template.style.limits(subsequent=False, key=context.key_limits)
    total = 0
    for variable in variables:
        count = len(people_of(context, variable))
        total += min(first, count) if minimum and count >= minimum else count
    runs = text(str(total)) if total else EMPTY

    return template.decorate(context, found(runs))
