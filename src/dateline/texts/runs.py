"""
The runs that stand in any of some sequences, found in another in one pass: a suffix automaton.

After Blumer et al., "The Smallest Automaton Recognizing the Subwords of a Text" (1985).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple


class Run(NamedTuple):
    """
    A run that was found, as :class:`Runs` knows it.
    """

    state: int

    #: In items; 0 if there is none.
    length: int


class Place(NamedTuple):
    """
    Where a run stands.
    """

    #: The number of the sequence.
    sequence: int

    #: The item of it after the last of the run.
    end: int


_ROOT: Final = 0


class Runs:
    """
    Some sequences, made ready in time and space that grow with their length.

    >>> runs = Runs(["the cat sat".split(), "the dog sat down".split()])
    >>> [run.length for run in runs.ends("a cat sat down".split())]
    [0, 1, 2, 2]
    """

    def __init__(self, sequences: Iterable[Iterable[Hashable]]) -> None:
        self._next: list[dict[Hashable, int]] = [{}]
        self._link = [-1]
        self._length = [0]
        self._place = [Place(0, 0)]
        self._is_clone = [True]
        last = _ROOT
        for number, sequence in enumerate(sequences):
            for end, item in enumerate(sequence, 1):
                last = self._extended(last, item, Place(number, end))
            # An item that equals no other keeps a run from reaching into the next sequence.
            last = self._extended(last, object(), Place(number, 0))

    def ends(self, items: Iterable[Hashable]) -> Iterator[Run]:
        """
        For each of the *items* the longest run that ends with it.
        """
        state = length = 0
        for item in items:
            while state != _ROOT and item not in self._next[state]:
                state = self._link[state]
                length = self._length[state]
            if item in self._next[state]:
                state = self._next[state][item]
                length += 1
            yield Run(state, length)

    def places(self, run: Run, beyond: int) -> Iterator[tuple[int, Place]]:
        """
        Every place of the run, and of its endings with more than *beyond* items, with their length.
        """
        state, length = run
        while length > beyond:
            for below in self._below(state):
                yield length, self._place[below]
            state = self._link[state]
            length = self._length[state]

    def _extended(self, last: int, item: Hashable, place: Place) -> int:
        made = self._state({}, self._length[last] + 1, place, is_clone=False)
        state = self._redirected(last, item, None, made)
        if state == -1:
            self._link[made] = _ROOT
            return made
        target = self._next[state][item]
        if self._length[target] != self._length[state] + 1:
            target = self._split(state, item, target)
        self._link[made] = target

        return made

    def _split(self, state: int, item: Hashable, target: int) -> int:
        clone = self._state(
            dict(self._next[target]), self._length[state] + 1, self._place[target], is_clone=True
        )
        self._link[clone] = self._link[target]
        self._link[target] = clone
        self._redirected(state, item, target, clone)

        return clone

    def _redirected(self, state: int, item: Hashable, old: int | None, new: int) -> int:
        """
        Lead *item* to *new* from *state* and what it links to, as long as it led to *old*; where that ends.
        """
        while state != -1 and self._next[state].get(item) == old:
            self._next[state][item] = new
            state = self._link[state]

        return state

    def _state(self, following: dict[Hashable, int], length: int, place: Place, *, is_clone: bool) -> int:
        self._next.append(following)
        self._link.append(_ROOT)
        self._length.append(length)
        self._place.append(place)
        self._is_clone.append(is_clone)

        return len(self._next) - 1

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children = defaultdict(list)
        for state, link in enumerate(self._link):
            children[link].append(state)

        return children

    def _below(self, state: int) -> Iterator[int]:
        waiting = [state]
        while waiting:
            below = waiting.pop()
            waiting += self._children.get(below, ())
            if not self._is_clone[below]:
                yield below
