"""The command line's `dataset`: what a set holds, and practice sets made from portraits."""

from __future__ import annotations

from argparse import SUPPRESS
from collections import Counter
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discriminator.detect import crops, datasets, parts, practice
from discriminator.detect.cropping import STORES, Wish
from discriminator.detect.errors import DetectError, NoLabError
from discriminator.detect.finding import FINDERS
from discriminator.detect.splits import FAKE, left_out, split
from discriminator.telling import counted

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.datasets import Dataset

_SET = "the set: a folder, or s3://..."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator dataset` understands."""
    what = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    for add in (_add_inspect, _add_crops, _add_make, _add_fetch):
        add(what)


def _add_inspect(what: Any) -> None:  # noqa: ANN401 - argparse names no type of it
    inspected = _verb(what, "inspect", "what a set holds, and what is wrong with it")
    inspected.add_argument("folder", metavar="DIR", help=_SET)
    inspected.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="look at every clip, and write a page about them there",
    )
    inspected.set_defaults(do=_inspect)


def _add_crops(what: Any) -> None:  # noqa: ANN401 - as above
    cut = _verb(what, "crops", "the faces of a set, for training")
    cut.add_argument("folder", metavar="DIR", help=_SET)
    cut.add_argument(
        "-o", "--output", type=Path, required=True, metavar="CROPS", help="the crops' folder"
    )
    cut.add_argument(
        "--size", type=int, default=224, metavar="PX", help="side of a crop (%(default)s)"
    )
    cut.add_argument(
        "--frames",
        type=int,
        default=16,
        metavar="N",
        help="frames of each clip, evenly spaced (%(default)s)",
    )
    cut.add_argument(
        "--margin",
        type=float,
        default=0.3,
        metavar="PART",
        help="of the face's longer side, on each side (%(default)s)",
    )
    cut.add_argument(
        "--aligned", action="store_true", help="turn and scale: eyes always in the same places"
    )
    cut.add_argument(
        "--finder", choices=FINDERS, default="mediapipe", help="what finds faces (%(default)s)"
    )
    cut.add_argument(
        "--store",
        choices=STORES,
        default="jpeg",
        help="how crops are kept; `array` is one file for each clip (%(default)s)",
    )
    cut.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="another puts other people into training, validation and test (%(default)s)",
    )
    cut.set_defaults(do=_crops)


def _add_make(what: Any) -> None:  # noqa: ANN401 - as above
    made = _verb(what, "make", "a practice set of real and faked clips")
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
        "--seconds", type=float, default=7.0, metavar="S", help="length of each clip (%(default)s)"
    )
    made.add_argument(
        "--seed", type=int, default=0, metavar="N", help="another gives another set (%(default)s)"
    )
    made.set_defaults(do=_make)


def _add_fetch(what: Any) -> None:  # noqa: ANN401 - as above
    fetched = _verb(what, "fetch", "the parts of a published set")
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


def _verb(what: Any, name: str, about: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse names no type of it
    verb: argparse.ArgumentParser = what.add_parser(
        name, help=about, description=f"{about.capitalize()}."
    )
    # Understood before the second word too; without a default, that one is not undone.
    verb.add_argument("--json", action="store_true", default=SUPPRESS, help="print one JSON object")
    return verb


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Do what was asked."""
    told: dict[str, Any] = args.do(args)
    return told


def _inspect(args: argparse.Namespace) -> dict[str, Any]:
    found = datasets.read(args.folder)
    fakes = sum(item.label == FAKE for item in found.items)
    try:
        split_into = split(found.items)
        more = left_out(found.items, split_into)
    except DetectError as small:
        # It can be looked at all the same.
        split_into, more = {}, (str(small),)
    found = replace(found, problems=(*found.problems, *more))
    told = _looked_at(found, args.report) if args.report else {}
    if told and not args.json:
        counts = told["faces"].items()
        told["faces"] = ", ".join(f"{count} in {clips} of the clips" for count, clips in counts)
    return {
        "layout": found.layout,
        "clips": len(found.items),
        "real": len(found.items) - fakes,
        "fake": fakes,
        "people": len({one for item in found.items for one in (*item.people, *item.lenders)}),
        "parts": dict(Counter(split_into.values())),
        "problems": list(found.problems),
        **told,
    }


def _looked_at(found: Dataset, folder: Path) -> dict[str, Any]:
    if not find_spec("plotly"):
        message = "A page about a set needs plotly: `pip install 'discriminator[data]'`."
        raise NoLabError(message)
    from discriminator.detect import inspecting  # noqa: PLC0415 - an extra

    seen = list(counted(inspecting.inspect(found, folder), len(found.items), "clips"))
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
    # A set that is too small is told before the work; what has no part need not be cut.
    placed = split(found.items, seed=args.seed)
    wanted = replace(found, items=tuple(item for item in found.items if item.name in placed))
    wish = Wish(
        args.size,
        args.frames,
        args.margin,
        aligned=args.aligned,
        finder=args.finder,
        store=args.store,
    )
    outcomes = list(counted(crops.cut_all(wanted, args.output, wish), len(placed), "clips"))
    count = crops.index(found, args.output, args.seed)
    return {
        "folder": str(args.output),
        "crops": count,
        "sheet": str(args.output / crops.SHEET),
        "without_faces": sorted(one.name for one in outcomes if not one.crops and not one.failure),
        "failures": sorted(one.failure for one in outcomes if one.failure),
        "problems": [*found.problems, *left_out(found.items, placed)],
    }


def _fetch(args: argparse.Namespace) -> dict[str, Any]:
    addresses = parts.listed(args.addresses)
    brought = list(
        counted(parts.fetch(addresses, args.output, args.cookies), len(addresses), "parts")
    )
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
    done = list(counted(practice.carry_out(planned.tasks), len(planned.tasks), "clips"))
    failures = [*planned.failures, *(one.failure for one in done if one.failure)]
    clips = sum(one.failure is None for one in done)
    return {"folder": str(args.output), "clips": clips, "failures": failures}
