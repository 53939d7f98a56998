from __future__ import annotations

import pytest
from texts.anchoring import invented_subjects, real_subjects

import dateline


@pytest.fixture(scope="session")
def invented():
    """
    The invented reports, with all that judging them needs.
    """
    return invented_subjects()


@pytest.fixture(scope="session")
def real(texts):
    """
    The articles of the dataset with their texts, with all that judging them needs.
    """
    return real_subjects(dateline.load("ukraine-2022"), texts)
