"""
The elements ``cs:text``, ``cs:number``, ``cs:label`` and ``cs:group``.
"""

from __future__ import annotations

import re
from typing import Final

from dateline.csl.compiling import Compiling
from dateline.csl.context import MISSING, NOTHING, Context, Part, Render, found
from dateline.csl.errors import InvalidStyle
from dateline.csl.formatting import PLAIN, read_decoration
from dateline.csl.labels import citation_label
from dateline.csl.locale import Locale
from dateline.csl.markup import parse_markup
from dateline.csl.numbers import is_numeric, is_plural, long_ordinal, ordinal, roman, tidy
from dateline.csl.pages import format_pages
from dateline.csl.runs import Runs, text, wrap
from dateline.csl.tree import Element
from dateline.csl.values import DATE_VARIABLES, NUMBER_VARIABLES


#: Values that are addresses, not prose: no markup is looked for in them.
VERBATIM: Final = frozenset({"URL", "DOI", "PMID", "PMCID", "ISBN", "ISSN"})

#: Variables that are ranges of pages.
PAGED: Final = frozenset({"page", "locator"})


def compile_text(element: Element, compiler: Compiling) -> Render:
    """
    ``cs:text`` (CSL 1.0.2, "Text").
    """
    decorate = read_decoration(element)
    content = text_content(element, compiler)
    if decorate == PLAIN:
        return content

    def render(context: Context) -> Part:
        return decorate(context, content(context))

    return render


def text_content(element: Element, compiler: Compiling) -> Render:
    """
    What a ``cs:text`` prints, undecorated.
    """
    get = element.get
    if (variable := get("variable")) is not None:
        return variable_text(variable, get("form") or "long", compiler)
    if (macro := get("macro")) is not None:
        return compiler.macro(macro)
    if (term := get("term")) is not None:
        plural = get("plural") == "true"
        words = compiler.locale.term(term, get("form") or "long", plural=plural)
        return constant(words, "term")
    if (value := get("value")) is not None:
        return constant(value)

    expected = "given a variable, macro, term or value"
    raise InvalidStyle("cs:text", expected, dict(element.attributes))


def constant(words: str, kind: str = "") -> Render:
    """
    Always the same words.
    """
    runs = parse_markup(words) if words else ()
    part = Part(wrap(runs, kind) if kind else runs)

    def render(context: Context) -> Part:
        context.step(words)
        return part

    return render


def variable_text(variable: str, form: str, compiler: Compiling) -> Render:
    """
    The value of a variable, in its short form where asked for and there is one.
    """
    names = (f"{variable}-short", variable) if form == "short" else (variable,)
    pages = compiler.options.get("page-range-format", "")

    def render(context: Context) -> Part:
        context.step()
        for name in names:
            value = read(context, name)
            if value and not context.has_printed(variable):
                context.step(value)
                context.note(variable)
                return found(value_runs(context, name, value, pages))
        # No letter being needed says nothing about the item.
        return NOTHING if variable == "year-suffix" else MISSING

    return render


def read(context: Context, variable: str) -> str:
    """
    The value of a variable as ``cs:text`` sees it.
    """
    if variable in DATE_VARIABLES:
        when = context.item.date(variable)
        return when.literal if when else ""
    if variable == "citation-label" and not context.item.text(variable):
        return citation_label(context.item) + context.disambiguation.year_suffix
    if variable == "year-suffix":
        context.suffix_printed = True

    return context.value(variable)


def value_runs(context: Context, variable: str, value: str, pages: str) -> Runs:
    """
    A value as rich text.
    """
    if variable in VERBATIM:
        return text(value)
    if variable == "year-suffix":
        return wrap(text(value), "year-suffix")
    if variable in PAGED:
        # Only pages are shortened (CSL 1.0.2, "Page Ranges"), not verses or lines.
        how = pages if variable == "page" or context.cite.label == "page" else ""
        written = format_pages(tidy_pages(value), how, range_delimiter(context.locale))
        return text(written.replace("\\-", "-"))
    if variable in NUMBER_VARIABLES and is_numeric(value):
        return text(tidy(value, range_delimiter(context.locale)) if variable != "version" else value)
    if context.sorting:
        return text(re.sub(r"</?\w[^<>]*>", "", value))

    return parse_markup(value)


def range_delimiter(locale: Locale) -> str:
    """
    What stands between the ends of a range (CSL 1.0.2, "Terms", page-range-delimiter).
    """
    return locale.term("page-range-delimiter") or "–"


def tidy_pages(value: str) -> str:
    """
    Pages with even spaces behind commas.
    """
    return re.sub(r" ?, ?(?=\S)", ", ", " ".join(value.split()))


def compile_number(element: Element, compiler: Compiling) -> Render:
    """
    ``cs:number`` (CSL 1.0.2, "Number").
    """
    decorate = read_decoration(element)
    variable = required(element, "variable")
    form = element.get("form") or "numeric"
    locale = compiler.locale

    def render(context: Context) -> Part:
        context.step()
        value = context.value(variable)
        if not value or context.has_printed(variable):
            return MISSING
        context.note(variable)
        if context.sorting and value.isdigit():
            return found(text(value.zfill(8)))
        if not is_numeric(value):
            return decorate(context, found(text(value)))
        written = tidy(written_number(value, form, locale, variable), range_delimiter(locale))
        return decorate(context, found(text(written)))

    return render


def written_number(value: str, form: str, locale: Locale, variable: str) -> str:
    """
    Each bare number in *value*, in the form asked for.
    """
    if form == "numeric":
        return value
    gender = locale.gender(variable)

    def one(digits: re.Match[str]) -> str:
        number = int(digits[0])
        if form == "roman":
            return roman(number)
        if form == "long-ordinal":
            return long_ordinal(number, locale, gender)
        return ordinal(number, locale, gender)

    # Digits with letters around them ("2nd", "D2") stay as they are.
    return re.sub(r"(?<!\w)[0-9]{1,9}(?!\w)", one, value)


def compile_label(element: Element, compiler: Compiling) -> Render:
    """
    ``cs:label`` for a number variable (CSL 1.0.2, "Label").
    """
    decorate = read_decoration(element)
    variable = required(element, "variable")
    form = element.get("form") or "long"
    plural = element.get("plural") or "contextual"
    locale = compiler.locale

    def render(context: Context) -> Part:
        context.step()
        value = context.value(variable)
        if not value:
            return NOTHING
        name = context.cite.label if variable == "locator" else variable
        several = plural == "always" or (plural == "contextual" and is_plural(variable, value))
        words = locale.term(name, form, plural=several)
        context.step(words)
        return decorate(context, Part(text(words)))

    return render


def compile_group(element: Element, compiler: Compiling) -> Render:
    """
    ``cs:group``, silent when all variables it calls are empty (CSL 1.0.2, "Group").
    """
    decorate = read_decoration(element)
    delimiter = element.get("delimiter") or ""
    children = compiler.children(element)

    def render(context: Context) -> Part:
        context.step()
        part = sequence(context, children, delimiter)
        if part.called and not part.found:
            return MISSING
        part = decorate(context, part)
        # A nested group that printed counts as a variable that is not empty.
        return Part(part.runs, part.called, part.found or bool(part.runs))

    return render


def sequence(context: Context, children: tuple[Render, ...], delimiter: str = "") -> Part:
    """
    What the children print, one after another.
    """
    outer, context.delimiter = context.delimiter, delimiter
    if len(children) == 1:
        part = children[0](context)
        context.delimiter = outer
        return part
    printed: list[Runs] = []
    called = found = False
    for child in children:
        part = child(context)
        if part is NOTHING:
            continue
        if part.runs:
            printed.append(part.runs)
        called = called or part.called
        found = found or part.found
    context.delimiter = outer
    if not printed and not found:
        return MISSING if called else NOTHING
    runs = printed[0] if len(printed) == 1 else context.join_all(printed, delimiter)

    return Part(runs, called, found)


def required(element: Element, name: str) -> str:
    """
    The attribute *name*.

    Raises:
        InvalidStyle: If the element has none.
    """
    value = element.get(name)
    if value is None:
        raise InvalidStyle(f"cs:{element.tag}", f"given a {name}", dict(element.attributes))

    return value
