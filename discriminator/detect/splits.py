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
    lenders: tuple[str, ...] = ()
    """Whose face was laid over that of `people`, in a set where each has lent it to many others."""


class LeakError(DetectError):
    """A person or a source is in more than one part of a split."""


def split(
    items: Sequence[Item], shares: Mapping[Part, float] = SHARES, seed: int = 0
) -> dict[str, Part]:
    """Return the part of each item by its name.

    Items that share a person or a source stay together, so that the shares are met only as far as
    the groups allow; each part gets its share of the fakes. A fake whose lender lies in another
    part has none: lenders would bind all people of a set to each other. The same seed gives the
    same split whatever the order of the items.
    """
    _check_names(items)
    groups = sorted(_groups(items), key=lambda group: (-len(group), _drawn(group, seed)))
    wanted = {part: share / sum(shares.values()) for part, share in shares.items() if share > 0}
    parts = _kept(items, _dealt(groups, wanted)) if len(groups) >= len(wanted) else {}
    if set(parts.values()) != set(wanted):
        message = (
            "Clips that share a person or a source stay together, and are too few then to be split "
            f"into {', '.join(wanted)} (groups: {len(groups)}): add clips of other people."
        )
        raise DetectError(message)
    check(items, parts)
    return parts


def left_out(items: Sequence[Item], parts: Mapping[str, Part]) -> tuple[str, ...]:
    """Return how many clips have no part, and why: a sentence, or none."""
    count = len(items) - len(parts)
    if not count:
        return ()
    return (f"In no part, because the two people in them lie in different ones: {count} fakes.",)


def check(items: Iterable[Item], parts: Mapping[str, Part]) -> None:
    """Raise `LeakError` where a person or a source is in more than one part."""
    seen: dict[str, set[str]] = defaultdict(set)
    for item in (one for one in items if one.name in parts):
        for tie in (*_ties(item), *map(_person, item.lenders)):
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
    return [f"clip {item.source or item.name}", *map(_person, item.people)]


def _person(name: str) -> str:
    return f"person {name}"


def _kept(items: Iterable[Item], parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return the parts of those whose lenders lie in the same part."""
    listed = sorted(items, key=lambda item: item.name)
    homes = {person: parts[item.name] for item in listed for person in item.people}
    kept: dict[str, Part] = {}
    for item in listed:
        part = parts[item.name]
        # Who is seen in no clip of their own lies where the first of their fakes does.
        if all(homes.setdefault(lender, part) == part for lender in item.lenders):
            kept[item.name] = part
    return kept


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
