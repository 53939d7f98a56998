"""
PROV-JSONLD, the linked data form of W3C PROV: how every field of a record came to its value.
"""

from __future__ import annotations

from typing import Any, Final

from dateline.corpus import Corpus
from dateline.formats import field_provenance
from dateline.formats.field_provenance import Statement, prefixes, statements
from dateline.formats.linked import to_json


#: The context of the submission, by whose address a document is known. Its schema lets none be inlined.
_CONTEXT: Final = "https://openprovenance.org/prov-jsonld/context.jsonld"

#: What becomes of each field.
LOSSES: Final = field_provenance.LOSSES


def write(corpus: Corpus) -> str:
    """
    The provenance of a corpus as PROV-JSONLD.

    Source: https://www.w3.org/submissions/2024/SUBM-prov-jsonld-20240825/

    >>> import json
    >>> from dateline.testing import tiny_corpus
    >>> [statement["@type"] for statement in json.loads(write(tiny_corpus()))["@graph"][:3]]
    ['Entity', 'Agent', 'Attribution']
    """
    graph = [_node(statement) for statement in statements(corpus)]

    return to_json({"@context": [prefixes(corpus), _CONTEXT], "@graph": graph})


def _node(statement: Statement) -> dict[str, Any]:
    named = {"@id" if role == "id" else role: name for role, name in statement.roles.items()}
    types = {"type": list(statement.types)} if statement.types else {}
    attributes = {name: [{"@value": value}] for name, value in statement.attributes.items()}

    return {"@type": statement.kind, **named, **types, **attributes}
