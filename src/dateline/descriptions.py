"""
What a dataset is, in the words that catalogues and citations need.
"""

from __future__ import annotations

from attrs import field, frozen

from dateline.bases import Base
from dateline.dates import PartialDate, as_date
from dateline.ids import DatasetName, parse_dataset_name
from dateline.validators import as_tuple, checked, each, matches, optional, text_up_to


@frozen(kw_only=True, repr=False)
class Description(Base):
    """
    Title, makers and licence of a dataset.
    """

    name: DatasetName = field(validator=checked(parse_dataset_name))

    title: str = field(validator=text_up_to(300))

    #: A paragraph, ours.
    description: str = field(validator=text_up_to(4000))

    #: SPDX, of the records; the articles have rights of their own.
    licence: str = field(validator=matches(r"[A-Za-z0-9.+-]{1,60}", "CC-BY-4.0"))

    #: Names, as they are to be cited.
    creators: tuple[str, ...] = field(converter=as_tuple, validator=each(text_up_to(300)))

    #: BCP 47, of the records.
    language: str = field(default="en", validator=matches(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", "en-GB"))

    keywords: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each(text_up_to(100)))

    #: When this version was published.
    released: PartialDate | None = field(default=None, converter=as_date)

    #: Where it can be found; None if it is nowhere on the web.
    url: str | None = field(default=None, validator=optional(text_up_to(2000)))
