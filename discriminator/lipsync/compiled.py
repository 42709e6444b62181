"""The decoder, compiled: by OpenVINO for a processor, or as it is for a graphics card."""

from __future__ import annotations

import copy
import io
import logging
import sys
import tempfile
import warnings
from collections import deque
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from discriminator.lipsync.engine import needs_lab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from discriminator.lipsync.decoding import Decoder
    from discriminator.lipsync.engine import Precision

_LOG = logging.getLogger(__name__)

BATCH = 8
"""Frames at once: enough to use both cores, few enough that the first come soon."""
_AT_ONCE = 2
"""Batches that are being drawn while others are waited for."""
_SMALL, _FEW = 6, 64
"""Maps of so many px, or of so few channels, are drawn with more than 8 bits: in the smallest each
value moves the whole mouth, and what the last ones round off nothing mends."""
_HINTS = {"fp32": "f32", "bf16": "bf16", "int8": "bf16"}
"""OpenVINO takes bfloat16 by itself on processors that have it, so it is always told."""

Known = list[Tensor]
Sounds = NDArray[np.float32]
"""(B, 512, 1, 1)."""


class Reference:
    """The decoder as torch runs it, on a processor or a graphics card."""

    def __init__(self, decoder: Decoder, device: str) -> None:
        self._device = device
        # A copy goes there: the next photo is looked at by what stays here.
        self._decoder = copy.deepcopy(decoder).to(device)

    @torch.no_grad()
    def draw(self, sounds: Iterable[Sounds], known: Known) -> Iterator[NDArray[np.float32]]:
        """(B, 512, 1, 1) each to (B, 3, height, width) each, one after the other."""
        still = [seen.to(self._device) for seen in known]
        for sound in sounds:
            yield self._decoder(torch.from_numpy(sound).to(self._device), *still).cpu().numpy()


class Compiled:
    """The decoder as OpenVINO runs it.

    Args:
        decoder: what is compiled.
        known: what a decoder knows of any photo, or of `BATCH` of them; only its shapes matter,
            but for int8.
        precision: of the numbers.
        kept: where what int8 has learned is kept, so that it learns once.
        examples: sounds that int8 learns from, with the photo in `known`.
    """

    def __init__(
        self,
        decoder: Decoder,
        known: Known,
        precision: Precision,
        kept: Path,
        examples: Sequence[Sounds],
    ) -> None:
        openvino = _openvino()
        if precision == "int8":
            learned = _kept(kept)
            if learned is None:
                learned = _learned(_converted(decoder, known), known, examples)
                _keep(learned, kept)
            model = _shaped(learned, _example(known))
        else:
            model = _converted(decoder, known)
        settings = {
            "INFERENCE_PRECISION_HINT": _HINTS[precision],
            "PERFORMANCE_HINT": "THROUGHPUT",
            "PERFORMANCE_HINT_NUM_REQUESTS": _AT_ONCE,
        }
        compiled = openvino.Core().compile_model(model, "CPU", settings)
        self._requests = [compiled.create_infer_request() for _ in range(_AT_ONCE)]

    def draw(self, sounds: Iterable[Sounds], known: Known) -> Iterator[NDArray[np.float32]]:
        """(B, 512, 1, 1) each to (B, 3, height, width) each, one after the other."""
        still = [seen.numpy() for seen in known]
        idle, busy, coming = deque(self._requests), deque[Any](), iter(sounds)
        try:
            while True:
                for sound in islice(coming, len(idle)):
                    request = idle.popleft()
                    request.start_async([sound, *still], share_inputs=False)
                    busy.append(request)
                if not busy:
                    return
                request = busy.popleft()
                request.wait()
                yield request.get_output_tensor().data.copy()
                idle.append(request)
        finally:  # whoever leaves early leaves none that the next one finds busy
            for request in busy:
                request.wait()


def _converted(decoder: Decoder, known: Known) -> Any:  # noqa: ANN401 - openvino.Model, if installed
    example = _example(known)
    with torch.no_grad(), warnings.catch_warnings(action="ignore", category=FutureWarning):
        # OpenVINO asks torch in a way that torch advises against, to whoever looks on.
        model = _openvino().convert_model(decoder.float(), example_input=example)
    return _shaped(model, example)


def _example(known: Known) -> tuple[Tensor, ...]:
    return torch.zeros(BATCH, 512, 1, 1), *known


def _shaped(model: Any, example: tuple[Tensor, ...]) -> Any:  # noqa: ANN401 - see above
    """Fix the shapes: one photo for all frames of a batch, or one for each."""
    model.reshape({number: list(one.shape) for number, one in enumerate(example)})
    return model


def _kept(path: Path) -> Any:  # noqa: ANN401 - openvino.Model, or None
    """Return what int8 has learned before, if that is there and whole."""
    if not path.is_file():
        return None
    try:
        return _openvino().Core().read_model(path)
    except RuntimeError:
        _LOG.warning("%s cannot be read: what it should hold is learned anew.", path)
        return None


def _keep(model: Any, path: Path) -> None:  # noqa: ANN401 - see above
    """Write a model whole or not at all: others may read it, and this may be broken off."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".learned-") as folder:
        written = Path(folder) / path.name
        _openvino().save_model(model, written, compress_to_fp16=False)
        for part in (".bin", ".xml"):  # without the second, nobody looks for the first
            written.with_suffix(part).replace(path.with_suffix(part))


def _learned(model: Any, known: Known, examples: Sequence[Sounds]) -> Any:  # noqa: ANN401 - see above
    """Let most layers use 8 bits, with ranges learned from examples."""
    logging.getLogger("torch.utils.cpp_extension").setLevel(logging.ERROR)  # misses a compiler
    with needs_lab("int8"):
        import nncf  # noqa: PLC0415 - slow, and only needed once
    with _told():
        nncf.set_log_level(logging.ERROR)
        still = [seen.numpy() for seen in known]
        kept = [one.get_friendly_name() for one in model.get_ordered_ops() if _stays_exact(one)]
        return nncf.quantize(
            model,
            nncf.Dataset([[sound, *still] for sound in examples]),
            subset_size=len(examples),
            ignored_scope=nncf.IgnoredScope(names=kept),
        )


def _told() -> redirect_stdout[TextIO]:
    """Show a terminal how far the learning is; what a program reads on stdout stays whole."""
    return redirect_stdout(sys.stderr if sys.stderr.isatty() else io.StringIO())


def _stays_exact(layer: Any) -> bool:  # noqa: ANN401 - openvino.Node
    if layer.get_type_name() not in {"Convolution", "ConvolutionBackpropData"}:
        return False
    _, channels, height, _ = layer.get_output_shape(0)
    return int(height) <= _SMALL or int(channels) <= _FEW


def _openvino() -> Any:  # noqa: ANN401 - a module that may not be here
    with needs_lab("The wav2lip engine"):
        import openvino  # noqa: PLC0415 - large, and told in a sentence where it is missing
    return openvino
