"""The service describes itself, to people and to programs, with nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from asking import portrait
from test_readme import ASKING, SERVICE

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Service

ADDRESSES = {
    "/healthz",
    "/v1/clips",
    "/v1/clips/{job}",
    "/v1/clips/{job}/video",
    "/v1/detectors",
    "/v1/verdicts",
    "/v1/verdicts/{job}",
}


def test_every_address_is_described_and_every_refusal_has_its_one_form(running: Service) -> None:
    schema = running.http.get("/openapi.json").json()
    assert set(schema["paths"]) == ADDRESSES
    answers = [one["responses"] for path in schema["paths"].values() for one in path.values()]
    assert all(set(codes) - {"200", "202", "204"} == {"default"} for codes in answers)
    refused = answers[0]["default"]["content"]["application/json"]["schema"]
    assert refused == {"$ref": "#/components/schemas/Refusal"}


def test_the_page_names_every_address_and_field_and_asks_nobody_else(running: Service) -> None:
    answer = running.http.get("/", follow_redirects=True)
    assert answer.headers["Content-Type"].startswith("text/html")
    page = answer.text
    assert [address for address in ADDRESSES if address not in page] == []
    assert all(f"<dt>{field}</dt>" in page for field in ("photo", "consent", "secret", "score"))
    assert "<script" not in page
    assert re.findall(r"(?:src|href)=\"(?!/)", page) == []
    hosts = set(re.findall(r"https?://([^/\s\"<]+)", page))
    assert hosts == {f"{running.http.base_url.host}:{running.http.base_url.port}"}


@pytest.mark.parametrize("code", ASKING)
def test_what_the_readme_asks_is_answered(
    running: Service, voice: bytes, tmp_path: Path, code: str
) -> None:
    (tmp_path / "me.jpg").write_bytes(portrait())
    (tmp_path / "speech.wav").write_bytes(voice)
    here = str(running.http.base_url).rstrip("/")
    command = [sys.executable, "-c", code.replace(SERVICE, here)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Signs of a fake.\n", "")
