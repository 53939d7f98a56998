"""
XML from a stranger to a small immutable tree, or a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple
from xml.parsers import expat

from dateline.csl.errors import InvalidStyle, UnsafeXml


#: The namespace of styles and locales (CSL 1.0.2, "Namespacing").
NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"

#: Bytes; the largest official style has a quarter of a million.
MAX_SIZE: Final = 10_000_000

#: Elements; the largest of the Chicago styles has 3,600.
MAX_ELEMENTS: Final = 100_000

#: Characters of an attribute; the longest official one, a list of types, has some 300.
MAX_LENGTH: Final = 1_000

#: Elements within elements; official styles stay below forty.
MAX_DEPTH: Final = 150


class Element(NamedTuple):
    """
    One element: local name, attributes, children of the CSL namespace, text.
    """

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Element, ...] = ()
    text: str = ""

    def get(self, name: str, default: str | None = None) -> str | None:
        """
        The attribute *name*, or *default*.
        """
        return self.attributes.get(name, default)

    def named(self, tag: str) -> Iterator[Element]:
        """
        The children called *tag*, in order.
        """
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """
        The first child called *tag*, or None.
        """
        return next(self.named(tag), None)


def parse_xml(source: str | bytes, subject: str = "style") -> Element:
    """
    The root element of *source*.

    Raises:
        UnsafeXml: If it has a DTD, or is too large or too deep.
        InvalidStyle: If it is not well-formed XML of the CSL namespace.

    >>> parse_xml(f'<style xmlns="{NAMESPACE}" class="note"/>').get("class")
    'note'
    >>> parse_xml("<!DOCTYPE style []><style/>")
    Traceback (most recent call last):
        ...
    dateline.csl.errors.UnsafeXml: style must be XML without a DTD, got 'style'
    """
    data = encoded(source, subject)
    if len(data) > MAX_SIZE:
        raise UnsafeXml(subject, f"at most {MAX_SIZE} bytes long", len(data))

    # A text has been decoded already: what its XML declaration says is void.
    encoding = "utf-8" if isinstance(source, str) else None
    builder = TreeBuilder(subject)
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    builder.listen(parser)
    try:
        parser.Parse(data, True)  # noqa: FBT003  the parser takes no keywords
    except expat.ExpatError as error:
        raise InvalidStyle(subject, "well-formed XML", str(error)) from None
    except InvalidStyle:
        raise
    except (LookupError, ValueError) as error:
        raise InvalidStyle(subject, "in a known encoding", str(error)) from None

    return builder.root()


def encoded(source: str | bytes, subject: str) -> bytes:
    """
    *source* as bytes; a text is encoded as UTF-8.
    """
    if isinstance(source, bytes):
        return source
    try:
        return source.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidStyle(subject, "text without lone surrogates", source) from None


@dataclass(slots=True)
class Open:
    """
    An element whose end has not been read yet.
    """

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def close(self) -> Element:
        """
        The finished element.
        """
        return Element(
            self.tag,
            MappingProxyType(self.attributes),
            tuple(self.children),
            "".join(self.text),
        )


class TreeBuilder:
    """
    Listens to the parser and keeps the elements of the CSL namespace.
    """

    __slots__ = ("_count", "_finished", "_foreign", "_stack", "_subject")

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._count = 0
        self._stack: list[Open] = []
        #: Depth inside an element of another namespace, whose content is skipped.
        self._foreign = 0
        self._finished: Element | None = None

    def listen(self, parser: expat.XMLParserType) -> None:
        """
        Hand the parser its handlers, with all that a style does not need refused.
        """
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.ExternalEntityRefHandler = self.refuse

    def refuse(self, name: str | None, *_: object) -> int:
        """
        A DTD or an entity: stop reading.
        """
        raise UnsafeXml(self._subject, "XML without a DTD", name)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """
        An element begins.
        """
        namespace, _, tag = name.rpartition(" ")
        if self._foreign or namespace != NAMESPACE:
            self.skip(name)
            return
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise UnsafeXml(self._subject, f"made of at most {MAX_ELEMENTS} elements", self._count)
        if len(self._stack) >= MAX_DEPTH:
            expected = f"nested at most {MAX_DEPTH} elements deep"
            raise UnsafeXml(self._subject, expected, tag)
        longest = max(map(len, attributes.values()), default=0)
        if longest > MAX_LENGTH:
            raise UnsafeXml(self._subject, f"made of attributes of at most {MAX_LENGTH} characters", longest)
        # xml:lang arrives with its namespace in front; no other does in CSL.
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._stack.append(Open(tag, own))

    def skip(self, name: str) -> None:
        """
        Ignore an element of another namespace, unless it is the root.
        """
        if not self._stack:
            expected = f"an element of the namespace {NAMESPACE}"
            raise InvalidStyle(self._subject, expected, name)
        self._foreign += 1

    def end(self, _name: str) -> None:
        """
        An element ends.
        """
        if self._foreign:
            self._foreign -= 1
            return
        element = self._stack.pop().close()
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self._finished = element

    def characters(self, text: str) -> None:
        """
        Text between tags.
        """
        # The parser hands over no text outside the root.
        if not self._foreign:
            self._stack[-1].text.append(text)

    def root(self) -> Element:
        """
        The finished tree.
        """
        # Without a root that ends, the parser has raised by now.
        assert self._finished is not None  # noqa: S101  said for the type checker

        return self._finished
