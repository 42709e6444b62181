"""The DASH manifest, finished where ffmpeg leaves it vague."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from discriminator.streaming import captions as caption_files
from discriminator.streaming import manifest
from discriminator.streaming.languages import UNKNOWN, own_name, own_names
from discriminator.streaming.manifest import IN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ROLE = "urn:mpeg:dash:role:2011"


def finish(folder: Path, sounds: Iterable[str], captions: Iterable[str]) -> None:
    """State measured rates, exact duration, languages and captions in the manifest."""
    listed, root = manifest.read(folder), manifest.root(folder)
    root.set("mediaPresentationDuration", f"PT{listed.end:.3f}S")
    # Rates are stated for the peak, so one segment ahead is enough to begin with.
    root.set("minBufferTime", root.get("maxSegmentDuration", "PT2.0S"))
    for (_, representation), track in zip(
        manifest.representations(root), listed.tracks, strict=True
    ):
        representation.set("bandwidth", str(track.peak))
    period = root.find("Period", IN)
    if period is not None:
        _finish_sets(period, list(sounds), list(captions))
    manifest.write(folder, root)


def _finish_sets(period: ET.Element, sounds: list[str], captions: list[str]) -> None:
    _join(period)
    for number, adaptation in enumerate(period):
        adaptation.set("id", str(number))
        # Every size has its own parameters, so players must not join them blindly.
        adaptation.attrib.pop("bitstreamSwitching", None)
    spoken = [one for one in period if one.get("contentType") == "audio"]
    # Players tell two tracks in one language apart by their names alone.
    for number, (adaptation, language, name) in enumerate(
        zip(spoken, sounds, own_names(sounds), strict=True)
    ):
        _describe(adaptation, language, name, "main" if number == 0 else "alternate")
    for language in captions:
        period.append(_caption_set(len(period), language))


def _join(period: ET.Element) -> None:
    """Bring all sizes of the picture into one set, between whose members players may switch."""
    sizes = [one for one in period if one.get("contentType") == "video"]
    for other in sizes[1:]:
        sizes[0].extend(other.findall("Representation", IN))
        period.remove(other)


def _describe(adaptation: ET.Element, language: str, name: str, role: str) -> None:
    if language == UNKNOWN:
        adaptation.attrib.pop("lang", None)
    else:
        adaptation.set("lang", language)
    label = ET.Element(f"{{{SPACE}}}Label")
    label.text = name
    adaptation.insert(0, label)
    described = ET.Element(f"{{{SPACE}}}Role", schemeIdUri=_ROLE, value=role)
    adaptation.insert(1, described)


def _caption_set(number: int, language: str) -> ET.Element:
    name = caption_files.file_name(language)
    attributes = {"id": str(number), "contentType": "text", "mimeType": "text/vtt"}
    adaptation = ET.Element(f"{{{SPACE}}}AdaptationSet", attributes)
    shown = {"id": f"captions-{language}", "bandwidth": "1000"}
    representation = ET.SubElement(adaptation, f"{{{SPACE}}}Representation", shown)
    ET.SubElement(representation, f"{{{SPACE}}}BaseURL").text = name
    _describe(adaptation, language, own_name(language), "caption")
    return adaptation
