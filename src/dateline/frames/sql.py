"""
Forms as SQL, in the dialect of DuckDB.
"""

from __future__ import annotations

from collections.abc import Mapping

from dateline.frames.forms import (
    Compared,
    Contains,
    Every,
    Form,
    Lists,
    Matches,
    OneOf,
    Opposite,
    Side,
    Some,
    Test,
    There,
)


def condition(form: Form, table: str, tables: Mapping[str, str]) -> str:
    """
    What a form asks of the rows of a *table*, as it stands after WHERE.

    *tables* says what stands after FROM for each table.

    >>> condition(Opposite(OneOf("kind", ("aid", "it's"))), "claims", {})
    "(kind IN ('aid', 'it''s')) IS NOT TRUE"
    """
    if isinstance(form, (Every, Some)):
        joint, empty = (" AND ", "TRUE") if isinstance(form, Every) else (" OR ", "FALSE")
        return f"({joint.join(condition(part, table, tables) for part in form.parts) or empty})"
    if isinstance(form, Opposite):
        return f"({condition(form.part, table, tables)}) IS NOT TRUE"
    if isinstance(form, There):
        side = Side(table)
        there = condition(form.form, side.other.value, tables)
        return f"{side.key} IN (SELECT {side.other.key} FROM {tables[side.other.value]} WHERE {there})"

    return _test(form)


def _test(test: Test) -> str:
    column = test.column
    match test:
        case Compared():
            return f"{column} {test.operator} DATE {text(str(test.day))}"
        case OneOf():
            return f"{column} IN ({_several(test.values)})"
        case Lists():
            return " OR ".join(f"list_contains({column}, {text(value)})" for value in test.values).join("()")
        case Contains():
            return f"contains({column}, {text(test.text)})"
        case Matches():
            return f"regexp_matches({column}, {text(test.pattern)})"

    return f"{column} IS NOT NULL"


def text(value: str) -> str:
    """
    A text as SQL has it.

    >>> text("it's")
    "'it''s'"
    """
    quoted = value.replace("'", "''")

    # A query ends at a NUL.
    return f"""('{quoted.replace(chr(0), "' || chr(0) || '")}')""" if "\0" in quoted else f"'{quoted}'"


def _several(values: tuple[str, ...]) -> str:
    return ", ".join(map(text, values))
