"""
Where we differ from other processors on purpose, and why.
"""

from __future__ import annotations


COMMA = "the oracle leaves out a comma before an organisation that the style asks for"
HYPHEN = "the oracle drops the hyphen of 'J.-P.', which initialize-with-hyphen keeps"
HALF = "the oracle prints half of 'Min-jun' as a word"
SPACE = "the oracle drops the space in 'Mar 2' of a range"

#: Where we differ on purpose, with the reason, by style.
DEVIATIONS = {
    "american-medical-association": {("np-doi-and-url", "bib"): HALF},
    "apa": {("software", "bib"): COMMA},
    "chicago-author-date": {("np-initials", "bib"): HYPHEN, ("software", "bib"): COMMA},
    "chicago-notes-bibliography": {
        ("np-initials", "bib"): HYPHEN,
        ("np-initials", "cite"): HYPHEN,
        ("software", "bib"): COMMA,
    },
    "harvard-cite-them-right": {},
    "harvard-cite-them-right@en-GB": {},
    "ieee": {},
    "modern-language-association": {("np-initials", "bib"): HYPHEN, ("software", "bib"): COMMA},
    "nlm-citation-sequence": {("np-date-range", "bib"): SPACE, ("np-doi-and-url", "bib"): HALF},
}
for name in ("chicago-author-date", "chicago-notes-bibliography"):
    DEVIATIONS[f"{name}-17th-edition"] = DEVIATIONS[name]


#: Types that our own styles are written for; there are 63 such records.
OWN_TYPES = {"article-newspaper", "dataset", "report", "webpage"}

DATA_SET = "the manual's word is '[Data set]', and it stays with a title that moves"
VERSION = "the official style drops a dataset's version, or its kind"
DOUBT = "the official style drops the doubt about a date, or capitalizes 'circa' after a comma"
DAY = "the official style drops the day of a newspaper that has an issue number, and its dash"

VERSIONED = ("dataset-doi-version", "dataset-org", "dataset-url-accessed", "dataset-commit")

#: Where our own styles differ on purpose from the official ones, with the reason.
OWN_DEVIATIONS = {
    "american-medical-association": {
        ("np-circa", "bib"): DOUBT,
        ("np-doi-and-url", "bib"): HALF,
        ("np-print-range", "bib"): DAY,
    }
    | {(id_, "bib"): VERSION for id_ in VERSIONED},
    "apa": {
        ("dataset-doi-version", "bib"): DATA_SET,
        ("dataset-no-author", "bib"): DATA_SET,
        ("dataset-url-accessed", "bib"): DATA_SET,
    },
    "chicago-author-date": {("np-initials", "bib"): HYPHEN},
    "chicago-author-date-17th-edition": {("np-initials", "bib"): HYPHEN},
    "chicago-notes-bibliography": {("np-initials", "bib"): HYPHEN, ("np-initials", "cite"): HYPHEN},
    "chicago-notes-bibliography-17th-edition": {
        ("np-initials", "bib"): HYPHEN,
        ("np-initials", "cite"): HYPHEN,
    },
    "harvard-cite-them-right": {("np-circa", "bib"): DOUBT, ("np-circa", "cite"): DOUBT}
    | {(id_, "bib"): VERSION for id_ in VERSIONED},
    "ieee": {("np-circa", "bib"): DOUBT} | {(id_, "bib"): VERSION for id_ in VERSIONED},
    "modern-language-association": {("np-circa", "bib"): DOUBT, ("np-initials", "bib"): HYPHEN},
    "nlm-citation-sequence": {
        ("np-circa", "bib"): DOUBT,
        ("np-date-range", "bib"): SPACE,
        ("np-doi-and-url", "bib"): HALF,
    }
    | {(id_, "bib"): VERSION for id_ in VERSIONED},
}

#: How many of the 63 entries, and of the 63 cites, are equal.
AGREEMENT = {
    "american-medical-association": (56, 63),
    "apa": (60, 63),
    "chicago-author-date": (62, 63),
    "chicago-author-date-17th-edition": (62, 63),
    "chicago-notes-bibliography": (62, 62),
    "chicago-notes-bibliography-17th-edition": (62, 62),
    "harvard-cite-them-right": (58, 62),
    "ieee": (58, 63),
    "modern-language-association": (61, 63),
    "nlm-citation-sequence": (56, 63),
}

#: Our Harvard is British, as its book is.
OWN_LANGUAGE = {"harvard-cite-them-right": "harvard-cite-them-right@en-GB"}

#: How many of the 630 entries in our ten styles are the same with our terms as with the official ones.
#: French: "consulté le" has its article. Spanish: "n.º" for a report's number.
#: Polish: "i in." for "et al.".
#: Ukrainian: the official dates run "2024. 17 трав.", ours "17 травня 2024", and
#: "доступно за адресою" agrees with no noun.
SAME_TERMS = {"en-GB": 630, "de-DE": 630, "fr-FR": 627, "es-ES": 629, "pl-PL": 612, "uk-UA": 87}
