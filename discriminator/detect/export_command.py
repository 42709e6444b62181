"""The command line's `export`: a trained network for other programs, and what it is worth there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.detect.errors import NoLabError

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.networks.exporting import Exported


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator export` understands."""
    parser.add_argument("run", type=Path, metavar="RUN", help="a folder of `train`")
    parser.add_argument("crops", type=Path, metavar="CROPS", help="the crops it was trained on")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="where the files are to be"
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write ONNX, OpenVINO and int8, and measure each beside torch."""
    try:
        from discriminator.detect.networks import exporting  # noqa: PLC0415 - needs the lab
    except ImportError as missing:
        message = f"Exporting needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoLabError(message) from missing
    done = exporting.export(args.run, args.crops, args.output)
    told: dict[str, Any] = msgspec.to_builtins(done) if args.json else _said(done)
    return {"folder": str(args.output)} | told


def _said(done: Exported) -> dict[str, str]:
    torch_auc = done.forms["torch"].auc
    about = {"network": f"{done.parameters / 1e6:.2f} M parameters, {done.gigaflops:.3f} GFLOPs"}
    return about | {
        name: (
            f"{form.milliseconds:.1f} ms a crop; AUC {form.auc:.3f} ({form.auc - torch_auc:+.3f}), "
            f"log loss {form.log_loss:.3f}, accuracy {form.accuracy:.3f}"
        )
        for name, form in done.forms.items()
    }
