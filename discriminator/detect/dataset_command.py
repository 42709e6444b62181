"""The command line's `dataset`: what a set holds, and practice sets made from portraits."""

from __future__ import annotations

import sys
from argparse import SUPPRESS
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from discriminator.detect import crops, datasets, parts, practice
from discriminator.detect.cropping import STORES, Wish
from discriminator.detect.errors import DetectError, NoLabError
from discriminator.detect.finding import FINDERS
from discriminator.detect.splits import FAKE, split

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from discriminator.detect.datasets import Dataset

Done = TypeVar("Done")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator dataset` understands."""
    what = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    inspected = what.add_parser("inspect", help="what a set holds, and what is wrong with it")
    inspected.add_argument("folder", metavar="DIR", help="the set: a folder, or s3://...")
    inspected.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="look at every clip, and write a page about them there",
    )
    inspected.set_defaults(do=_inspect)
    cut = what.add_parser("crops", help="the faces of a set, for training")
    cut.add_argument("folder", metavar="DIR", help="the set: a folder, or s3://...")
    cut.add_argument(
        "-o", "--output", type=Path, required=True, metavar="CROPS", help="the crops' folder"
    )
    cut.add_argument("--size", type=int, default=224, metavar="PX", help="of a side (%(default)s)")
    cut.add_argument("--frames", type=int, default=16, metavar="N", help="of a clip (%(default)s)")
    cut.add_argument("--aligned", action="store_true", help="eyes always in the same places")
    cut.add_argument("--finder", choices=FINDERS, default="mediapipe", help="default: %(default)s")
    cut.add_argument("--store", choices=STORES, default="jpeg", help="default: %(default)s")
    cut.add_argument("--seed", type=int, default=0, metavar="N", help="of the split")
    cut.set_defaults(do=_crops)
    made = what.add_parser("make", help="a practice set of real and faked clips")
    made.add_argument(
        "people",
        type=Path,
        nargs="?",
        default=practice.NOBODIES,
        metavar="PEOPLE",
        help="a folder of portraits or clips, one person each (default: people who do not exist)",
    )
    made.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="where the set is to be"
    )
    made.add_argument(
        "--seconds", type=float, default=7.0, metavar="S", help="of each clip (%(default)s)"
    )
    made.add_argument("--seed", type=int, default=0, metavar="N", help="another gives another set")
    made.set_defaults(do=_make)
    fetched = what.add_parser("fetch", help="the parts of a published set")
    fetched.add_argument(
        "addresses", nargs="+", metavar="URL", help="https://..., or a file that lists them"
    )
    fetched.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="where the parts are to be"
    )
    fetched.add_argument(
        "--cookies", type=Path, metavar="FILE", help="a browser's cookies.txt, to be logged in"
    )
    fetched.set_defaults(do=_fetch)
    for one in (inspected, cut, made, fetched):
        # Understood behind the second word too, where people write it.
        one.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Do what was asked."""
    told: dict[str, Any] = args.do(args)
    return told


def _inspect(args: argparse.Namespace) -> dict[str, Any]:
    found = datasets.read(args.folder)
    fakes = sum(item.label == FAKE for item in found.items)
    split_into = Counter(split(found.items).values())
    told = _looked_at(found, args.report) if args.report else {}
    return {
        "layout": found.layout,
        "clips": len(found.items),
        "real": len(found.items) - fakes,
        "fake": fakes,
        "people": len({person for item in found.items for person in item.people}),
        "parts": dict(split_into),
        "problems": list(found.problems),
        **told,
    }


def _looked_at(found: Dataset, folder: Path) -> dict[str, Any]:
    if not find_spec("plotly"):
        message = "A page about a set needs plotly: `pip install 'discriminator[data]'`."
        raise NoLabError(message)
    from discriminator.detect import inspecting  # noqa: PLC0415 - an extra

    seen = list(_shown(inspecting.inspect(found, folder), len(found.items)))
    inspecting.write(folder, found, seen)
    faces = Counter(one.looks.faces for one in seen if one.looks)
    return {
        "report": str(folder / "report.html"),
        "faces": {str(count): clips for count, clips in sorted(faces.items())},
        "failures": sorted(one.failure for one in seen if one.failure),
    }


def _crops(args: argparse.Namespace) -> dict[str, Any]:
    if not (find_spec("pandas") and find_spec("pyarrow")):
        message = "A table of crops needs pandas and pyarrow: `pip install 'discriminator[lab]'`."
        raise NoLabError(message)
    found = datasets.read(args.folder)
    wish = Wish(args.size, args.frames, aligned=args.aligned, finder=args.finder, store=args.store)
    outcomes = list(_shown(crops.cut_all(found, args.output, wish), len(found.items)))
    count = crops.index(found, args.output, args.seed)
    return {
        "folder": str(args.output),
        "crops": count,
        "without_faces": sorted(one.name for one in outcomes if not one.crops and not one.failure),
        "failures": sorted(one.failure for one in outcomes if one.failure),
        "problems": list(found.problems),
    }


def _fetch(args: argparse.Namespace) -> dict[str, Any]:
    addresses = parts.listed(args.addresses)
    brought = list(_shown(parts.fetch(addresses, args.output, args.cookies), len(addresses)))
    failures = [one.failure for one in brought if one.failure]
    if len(failures) == len(brought):
        raise DetectError(failures[0])
    return {
        "folder": str(args.output),
        "parts": sorted(one.name for one in brought if not one.failure),
        "failures": failures,
    }


def _make(args: argparse.Namespace) -> dict[str, Any]:
    planned = practice.plan(args.people, args.output, seconds=args.seconds, seed=args.seed)
    made = list(_shown(practice.carry_out(planned), len(planned)))
    return {"folder": str(args.output), "clips": len(made)}


def _shown(done: Iterable[Done], total: int) -> Iterator[Done]:
    """Pass on what was done, and say on a terminal how far it is."""
    for number, one in enumerate(done, 1):
        if sys.stderr.isatty():
            end = "\n" if number == total else ""
            sys.stderr.write(f"\r{number} of {total} clips{end}")
            sys.stderr.flush()
        yield one
