"""
Which copy is the text of which article: the ladder of digests, and below it the likeness of what ships.

A copy is recognised by what it says, whatever it is called.
If somebody hands it over under an article's id, it is held against that article alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from attrs import define, field, frozen

from dateline.bases import Base
from dateline.corpus import Corpus
from dateline.errors import InvalidValue
from dateline.ids import ArticleId
from dateline.records import Article
from dateline.spans import nfc_lf
from dateline.texts.alignment import Alignment, align
from dateline.texts.findings import Finding, TextCopy, Unread
from dateline.texts.ladder import FORMS, LOOSE_RUNG, Ladder
from dateline.texts.likeness import MAX_SEARCHED, Likeness, copies_counted, likenesses, near
from dateline.texts.outcomes import Match, Outcome


# What a text is that was proved on each rung, and under which form.
_MATCHES: Final = tuple((Match.EQUAL if form else Match.EXACT, form) for form in FORMS)

#: Bytes or characters of changed copies that wait for all proofs, so that no proved article is compared;
#: when there are more, they are compared at once.
MAX_WAITING: Final = 200_000_000


@frozen(eq=False, repr=False)
class Recognition(Base):
    """
    What was recognised.
    """

    #: For each article, in the order of the corpus.
    outcomes: Mapping[str, Outcome]

    #: For each article that has a text, the copy that counts as it.
    attached: Mapping[ArticleId, TextCopy]

    #: Where the spans stand in those copies in which they need not stand where the records say.
    alignments: Mapping[ArticleId, Alignment]

    #: Things in the source that gave no text.
    unread: tuple[Unread, ...]

    #: Copies that were taken for no article's text.
    unclaimed: tuple[str, ...]


def recognise(corpus: Corpus, found: Iterable[Finding], watch: Callable[[str], None]) -> Recognition:
    """
    Hold every copy that was *found* against the articles of *corpus*, telling *watch* of each that is done.

    Where texts are the annotated ones, but for line ends, this costs a digest and a look-up each.
    Any other text is compared with each article that still has none, in time linear in its length.
    """
    gathered = _Gathered(corpus)
    for each in found:
        gathered.take(each, watch)
    gathered.compare(watch)

    return gathered.settled()


#: The rung, the copy, and other articles that it proves. A plain tuple: there is one for each text.
_Proof: TypeAlias = tuple[int, TextCopy, tuple[ArticleId, ...]]


@define(eq=False, repr=False)
class _Gathered:
    """
    What the copies say about each article, as they come.
    """

    corpus: Corpus

    ladder: Ladder = field(init=False)

    #: The first proof of each article that has one, and whatever others it has.
    proofs: dict[ArticleId, _Proof] = field(factory=dict)
    further: dict[ArticleId, list[_Proof]] = field(factory=lambda: defaultdict(list))

    likenesses: dict[ArticleId, list[Likeness]] = field(factory=lambda: defaultdict(list))

    #: Copies that were handed over for an article, and are not its text.
    refused: dict[ArticleId, list[TextCopy]] = field(factory=lambda: defaultdict(list))

    unread: list[Unread] = field(factory=list)

    unclaimed: list[str] = field(factory=list)

    #: The copy that counts, and where the spans stand in it, of each article that is settled and has one.
    attached: dict[ArticleId, TextCopy] = field(factory=dict)
    alignments: dict[ArticleId, Alignment] = field(factory=dict)

    #: Copies that are proved to be no article's, and have not been compared yet; and how much they hold.
    waiting: list[TextCopy] = field(factory=list)
    held: int = 0

    def __attrs_post_init__(self) -> None:
        self.ladder = Ladder(self.corpus.values())

    def take(self, each: Finding, watch: Callable[[str], None]) -> None:
        """
        Prove something by *each* thing that was found, or let it wait to be compared.
        """
        if isinstance(each, Unread):
            self.unread.append(each)
            watch(each.origin)
            return
        try:
            is_settled = self._prove(each)
        except InvalidValue as error:
            # No form of it can be made.
            self.unread.append(Unread(each.origin, str(error).removeprefix("text ")))
            is_settled = True
        if is_settled:
            watch(each.origin)
            return
        self.waiting.append(each)
        self.held += len(each.data)
        if self.held > MAX_WAITING:
            self.compare(watch)

    def compare(self, watch: Callable[[str], None]) -> None:
        """
        Compare the copies that wait with the articles that have no text yet.
        """
        for copy in self.waiting:
            alike = likenesses(copy, self._open(copy), self.corpus.entities)
            for article, likeness in alike.items():
                self.likenesses[article].append(likeness)
            if not alike:
                self._refuse(copy)
            watch(copy.origin)
        self.waiting.clear()
        self.held = 0

    def settled(self) -> Recognition:
        """
        What follows for each article.
        """
        outcomes: dict[str, Outcome] = {
            article.id: self._outcome(article) for article in self.corpus.values()
        }

        return Recognition(
            outcomes, self.attached, self.alignments, tuple(self.unread), tuple(self.unclaimed)
        )

    def _prove(self, copy: TextCopy) -> bool:
        reached = self.ladder.reached(copy.data)
        if copy.article is not None:
            reached = {article: rung for article, rung in reached.items() if article == copy.article}
        for article, rung in reached.items():
            others = tuple(other for other in reached if other != article) if len(reached) > 1 else ()
            proof = rung, copy, others
            if self.proofs.setdefault(article, proof) is not proof:
                self.further[article].append(proof)

        return bool(reached)

    def _open(self, copy: TextCopy) -> Iterator[Article]:
        """
        The articles that *copy* may be a text of, and that have none yet.
        """
        if copy.article is None:
            named: Iterable[Article] = self.corpus.values()
        else:
            named = [self.corpus[copy.article]] if copy.article in self.corpus else []

        return (article for article in named if article.text and article.id not in self.proofs)

    def _refuse(self, copy: TextCopy) -> None:
        self.unclaimed.append(copy.origin)
        if copy.article is not None:
            self.refused[ArticleId(copy.article)].append(copy)

    def _outcome(self, article: Article) -> Outcome:
        identifier = article.id
        proof = self.proofs.get(identifier)
        if proof:
            return self._proved(article, proof)
        if identifier in self.likenesses:
            return self._near(identifier, self.likenesses[identifier])
        if article.text is None:
            note = "the record has no fingerprint to prove a text by"
            return Outcome(article=identifier, match=Match.MISSING, note=note)
        if identifier in self.refused:
            return _different(identifier, self.refused[identifier])

        return Outcome(article=identifier, match=Match.MISSING)

    def _proved(self, article: Article, proof: _Proof) -> Outcome:
        identifier = article.id
        origins: tuple[str, ...] = (proof[1].origin,)
        note = ""
        if identifier in self.further:
            # The sort is stable: among copies that are as good, the first counts.
            proofs = sorted((proof, *self.further[identifier]), key=_rung)
            proof = proofs[0]
            origins = tuple(copy.origin for _, copy, _ in proofs)
            note = copies_counted(origins)
        rung, copy, others = proof
        self.attached[identifier] = copy
        share = 1.0
        # From this rung on, spans need not be where the records say.
        if rung >= LOOSE_RUNG:
            moved = align(article, self.corpus.entities, nfc_lf(copy.data))
            self.alignments[identifier] = moved
            share = moved.share
        match, form = _MATCHES[rung]

        # By position, since names double what making a tuple costs, and there is one for each text.
        return Outcome(identifier, match, form, origins, share, (), others, note)

    def _near(self, article: ArticleId, several: list[Likeness]) -> Outcome:
        rivals = dict.fromkeys(other for each in several for other in each.rivals if other not in self.proofs)
        outcome = near(article, several, tuple(rivals))
        if outcome.has_text:
            self.attached[article] = several[0].copy
            self.alignments[article] = several[0].alignment

        return outcome


def _rung(proof: _Proof) -> int:
    return proof[0]


def _different(article: ArticleId, copies: list[TextCopy]) -> Outcome:
    too_long = any(len(copy.data) > MAX_SEARCHED for copy in copies)

    return Outcome(
        article=article,
        match=Match.DIFFERENT,
        origins=tuple(copy.origin for copy in copies),
        note=f"more than {MAX_SEARCHED:,} characters are not searched" if too_long else "",
    )
