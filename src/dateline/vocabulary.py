"""
The closed lists of words that records use, each word with its definition.
"""

from __future__ import annotations

import enum
import re
from typing import Final, NoReturn, Self

from dateline.errors import InvalidValue


class DefinedEnum(enum.StrEnum):
    """
    A closed list of words, each with its definition.

    Called with a word, it gives the member.

    Raises:
        InvalidValue: If it is none of the words.

    >>> Stance("denies").definition
    'Says that something said is not so.'
    """

    definition: str

    def __new__(cls, value: str, definition: str = "") -> Self:
        """
        Make a member from its word and the definition of it.
        """
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition

        return member

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        noun = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()
        raise InvalidValue(noun, f"be one of {', '.join(cls)}", value)


class Basis(DefinedEnum):
    """
    On what ground a value stands.
    """

    STATED = "stated", "The article's text says it; the evidence says where."
    INFERRED = "inferred", "It follows from something stated or seen; the note says how."
    LOOKED_UP = "looked_up", "It was found elsewhere; the reference says where."
    CURATED = "curated", "It is the curators' own wording or judgement."
    ABSENT = "absent", "There is no value, and that is known."
    UNKNOWN = "unknown", "A value was looked for and not found."


#: The bases of an empty field.
EMPTY_BASES: Final = (Basis.ABSENT, Basis.UNKNOWN)


class Status(DefinedEnum):
    """
    What has become of a record.
    """

    PUBLISHED = "published", "The record stands."
    CORRECTED = "corrected", "The record was wrong in an earlier version and has been mended."
    WITHDRAWN = "withdrawn", "The record should not be used; it is kept so that its id stays taken."


class Kind(DefinedEnum):
    """
    What a claim is about.
    """

    CONTROL = "control", "Who holds a place."
    ATTACK = "attack", "Shelling, strikes and fighting."
    CASUALTIES = "casualties", "People killed or wounded."
    MOVEMENT = "movement", "Troops or people moving, gathering, entering or landing."
    WITHDRAWAL = "withdrawal", "Forces leaving a place."
    THREAT = "threat", "Harm announced for the case that something is done or left undone."
    AID = "aid", "Weapons, supplies and other support."
    NEGOTIATION = "negotiation", "Talks, and the conditions for them."
    HUMANITARIAN = "humanitarian", "Shelter, corridors, displaced people, and damage to civilian life."
    STATEMENT = "statement", "A declaration of resolve or opinion that nothing could check."
    EVENT = "event", "Something else that happened, such as a speech, a post or a celebration."
    ASSESSMENT = "assessment", "A judgement about the situation or what will come of it."
    BACKGROUND = "background", "Older facts, and geography."


class Stance(DefinedEnum):
    """
    How the claimant stands to what is claimed.
    """

    ASSERTS = "asserts", "States it as true."
    DENIES = "denies", "Says that something said is not so."
    REPORTS = "reports", "Relays what others say, without making it their own."
    ASKS = "asks", "Requests or urges it."
    THREATENS = "threatens", "Announces harm."
    EXPECTS = "expects", "Says that it will or may happen."


class Bound(DefinedEnum):
    """
    How a number is bounded, as the text words it.
    """

    EXACTLY = "exactly", "The number as it stands."
    ABOUT = "about", "Near the number, on either side."
    NEARLY = "nearly", "Near the number, from below."
    UP_TO = "up_to", "The number or less."
    AT_LEAST = "at_least", "The number or more."
    MORE_THAN = "more_than", "More than the number."


class RelationKind(DefinedEnum):
    """
    How a later claim stands to an earlier one.
    """

    SUPPORTS = "supports", "If this claim is true, the other is likelier."
    CONTRADICTS = "contradicts", "Both cannot be true of the same time."
    UPDATES = "updates", "It tells a later state of the same matter."
    SAME_AS = "same_as", "It is the same claim told again: one source, not two."


class CopyRelation(DefinedEnum):
    """
    How a text elsewhere stands to the article's.
    """

    SAME_SENTENCES = "same_sentences", "The same sentences, perhaps in part."
    SHORTER = "shorter", "A shorter take of the same report."
    LATER = "later", "A later take of the same report."
    SHARED_WORDING = "shared_wording", "Some wording in common."


class EntityKind(DefinedEnum):
    """
    What an entity is; the word that its id begins with.
    """

    PERSON = "person", "A human being."
    ORGANISATION = "organisation", "A body with a name: an agency, a ministry, an outlet, a platform."
    PLACE = "place", "A city, country, region, water, square or building; a state where it speaks or acts."
    GROUP = "group", "People or forces without a name of their own, such as witnesses in a city."
