"""
The language of a text, by the detector py3langid.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
from collections.abc import Iterator
from typing import Any, Final

from attrs import field, frozen

from dateline.building.columns import RawArticle
from dateline.building.drafting import Filled
from dateline.errors import MissingExtra
from dateline.validators import is_positive
from dateline.vocabulary import Basis


_DETECTOR: Final = "py3langid"

#: What the detector says of texts without words: no language (ISO 639-2), or one it cannot tell.
_NONE: Final = frozenset({"zxx", "und", "mul"})


@frozen
class Languages:
    """
    The rule for ``language``: inferred from a text that is long enough, if the detector is certain enough.

    Raises:
        MissingExtra: If the detector is not installed.
    """

    #: What the detector must give to its best answer; close languages share what there is.
    certainty: float = 0.9

    #: Letters that a text must have.
    letters: int = field(default=100, validator=is_positive)

    #: Characters from the text's beginning that are looked at: more cost more and change little.
    characters: int = field(default=2000, validator=is_positive)

    def __attrs_post_init__(self) -> None:
        if importlib.util.find_spec(_DETECTOR) is None:
            raise MissingExtra("language", "detecting languages")

    def __call__(self, raw: RawArticle) -> Iterator[Filled]:
        """
        The language of *raw*.
        """
        sample = raw.text[: self.characters]
        if sum(map(str.isalpha, sample)) < self.letters:
            return
        language, certainty = _identifier().classify(sample)
        if certainty >= self.certainty and language not in _NONE:
            note = f"{_DETECTOR} {_version()} is at least {self.certainty:.0%} certain"
            yield Filled(field="language", value=language, basis=Basis.INFERRED, note=note)


@functools.cache
def _identifier() -> Any:
    from py3langid import langid  # noqa: PLC0415 - an extra, and slow to import

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


@functools.cache
def _version() -> str:
    return importlib.metadata.version(_DETECTOR)
