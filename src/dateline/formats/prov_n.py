"""
PROV-N, the notation of W3C PROV for people: how every field of a record came to its value.
"""

from __future__ import annotations

from typing import Final

from dateline.corpus import Corpus
from dateline.formats import field_provenance
from dateline.formats.field_provenance import Statement, prefixes, statements


#: How each kind of statement is called, and its arguments; a dash is one that we never have.
_CALLS: Final = {
    "Entity": ("entity", ("id",)),
    "Agent": ("agent", ("id",)),
    "Activity": ("activity", ("id", "-", "-")),
    "Derivation": ("wasDerivedFrom", ("generatedEntity", "usedEntity", "-", "-", "-")),
    "Generation": ("wasGeneratedBy", ("entity", "activity", "-")),
    "Usage": ("used", ("activity", "entity", "-")),
    "Association": ("wasAssociatedWith", ("activity", "agent", "-")),
    "Attribution": ("wasAttributedTo", ("entity", "agent")),
    "Membership": ("hadMember", ("collection", "entity")),
}

#: What a text in quotes may not hold as it is; PROV-N has no escapes for other characters.
_ESCAPES: Final = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"}
)

#: What becomes of each field.
LOSSES: Final = field_provenance.LOSSES


def write(corpus: Corpus) -> str:
    r"""
    The provenance of a corpus in PROV-N.

    Source: https://www.w3.org/TR/prov-n/

    >>> from dateline.testing import tiny_corpus
    >>> print(write(tiny_corpus()).split("\n")[1])
      prefix record <urn:dateline:tiny:>
    """
    spaces = (f"  prefix {prefix} <{address}>\n" for prefix, address in prefixes(corpus).items())
    lines = (f"  {_line(statement)}\n" for statement in statements(corpus))

    return f"document\n{''.join(spaces)}\n{''.join(lines)}endDocument\n"


def _line(statement: Statement) -> str:
    call, roles = _CALLS[statement.kind]
    types = (f"prov:type='{type_}'" for type_ in statement.types)
    texts = (f"{_qualified(name)}={_quoted(value)}" for name, value in statement.attributes.items())
    attributes = ", ".join((*types, *texts))
    arguments = [statement.roles.get(role, "-") for role in roles]

    return f"{call}({', '.join([*arguments, f'[{attributes}]'] if attributes else arguments)})"


def _qualified(name: str) -> str:
    return name if ":" in name else f"prov:{name}"


def _quoted(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'
