"""Which clips teach, which choose the threshold, and which judge, with nobody in two of them.

Fakes share their actors and their background with the clips they were made from. A detector that
is judged on a face it has learned from looks better than it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Part = Literal["train", "validation", "test"]

REAL, FAKE = 0, 1
SHARES: Mapping[Part, float] = {"train": 0.7, "validation": 0.15, "test": 0.15}
_LISTED = 3


@dataclass(frozen=True)
class Item:
    """One clip of a set."""

    name: str
    """Its path inside the set; no two are equal."""
    label: int
    """0 is real, 1 is fake."""
    source: str | None = None
    """The name of the real clip that a fake was made from."""
    people: tuple[str, ...] = ()
    """Who is seen, as far as the set says."""
    about: tuple[tuple[str, str], ...] = ()
    """What else the set says: names of columns, and values."""


class LeakError(DetectError):
    """A person or a source is in more than one part of a split."""


def split(
    items: Sequence[Item], shares: Mapping[Part, float] = SHARES, seed: int = 0
) -> dict[str, Part]:
    """Return the part of each item by its name.

    Items that share a person or a source stay together, so that the shares are met only as far as
    the groups allow; each part gets its share of the fakes. The same seed gives the same split
    whatever the order of the items.
    """
    _check_names(items)
    groups = sorted(_groups(items), key=lambda group: (-len(group), _drawn(group, seed)))
    wanted = {part: share / sum(shares.values()) for part, share in shares.items() if share > 0}
    if len(groups) < len(wanted):
        message = (
            f"The set falls into {len(groups)} groups of people who know each other, which are too "
            f"few for {len(wanted)} parts: add clips of other people."
        )
        raise DetectError(message)
    parts = _dealt(groups, wanted)
    check(items, parts)
    return parts


def check(items: Iterable[Item], parts: Mapping[str, Part]) -> None:
    """Raise `LeakError` where a person or a source is in more than one part."""
    seen: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for tie in _ties(item):
            seen[tie].add(parts[item.name])
    leaking = sorted(tie for tie, found in seen.items() if len(found) > 1)
    if leaking:
        more = f" and {len(leaking) - _LISTED} more" if len(leaking) > _LISTED else ""
        listed = ", ".join(leaking[:_LISTED]) + more
        message = f"The split leaks: {listed} in more than one part; split the set anew."
        raise LeakError(message)


def _check_names(items: Sequence[Item]) -> None:
    if not items:
        message = "There is nothing to split: name a folder that holds clips."
        raise DetectError(message)
    twice = [name for name, count in Counter(item.name for item in items).items() if count > 1]
    if twice:
        message = f"{twice[0]} is listed more than once: give every clip a name of its own."
        raise DetectError(message)


def _ties(item: Item) -> list[str]:
    """Return what binds an item to others: itself as a source, its source, its people."""
    return [f"clip {item.source or item.name}", *(f"person {person}" for person in item.people)]


def _groups(items: Iterable[Item]) -> list[list[Item]]:
    """Return the items in groups that share nothing with each other."""
    leader: dict[str, str] = {}

    def find(tie: str) -> str:
        leader.setdefault(tie, tie)
        while leader[tie] != tie:
            leader[tie] = leader[leader[tie]]
            tie = leader[tie]
        return tie

    members: dict[str, list[Item]] = defaultdict(list)
    listed = list(items)
    for item in listed:
        first, *others = _ties(item)
        for tie in others:
            leader[find(tie)] = find(first)
    for item in listed:
        members[find(_ties(item)[0])].append(item)
    return list(members.values())


def _drawn(group: Sequence[Item], seed: int) -> str:
    """Return a lot that depends on the seed and on the group, but not on the order of the items."""
    name = min(item.name for item in group)
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def _dealt(groups: Sequence[Sequence[Item]], shares: Mapping[Part, float]) -> dict[str, Part]:
    """Deal the groups, largest first, each to the part that lacks most of what the group has."""
    total = Counter(item.label for group in groups for item in group)
    missing = {
        part: Counter({label: count * share for label, count in total.items()})
        for part, share in shares.items()
    }
    empty = set(shares)
    parts: dict[str, Part] = {}
    for place, group in enumerate(groups):
        # The last groups are kept for parts that have none yet.
        open_to = empty if len(groups) - place <= len(empty) else set(shares)
        has = Counter(item.label for item in group)
        part = max(sorted(open_to), key=lambda one: _need(missing[one], has, total))
        empty.discard(part)
        missing[part].subtract(has)
        parts.update({item.name: part for item in group})
    return parts


def _need(missing: Counter[int], has: Counter[int], total: Counter[int]) -> float:
    return sum(missing[label] / total[label] * count for label, count in has.items())
