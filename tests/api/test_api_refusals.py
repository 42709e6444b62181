"""What the service refuses: each time with a fitting status, and one sentence in one form."""

from __future__ import annotations

import asyncio
import http.client
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asking import AGREED, CLIPS, VERDICTS, Service, bearer, portrait

from discriminator.api import gate
from discriminator.api.service import make
from discriminator.jobs.vault import Vault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from discriminator.jobs.office import Office
    from discriminator.jobs.store import Store

FILES = {"photo": b"a face"}
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


def ask(service: gate.Gate, *requests: tuple[str, str, dict[str, Any]]) -> list[httpx.Response]:
    """Ask a service without a network, all at once."""

    async def asking() -> list[httpx.Response]:
        line = httpx.ASGITransport(service, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=line, base_url="http://service") as client:
            return await asyncio.gather(*(client.request(m, a, **more) for m, a, more in requests))

    return asyncio.run(asking())


def speak(**more: Any) -> tuple[str, str, dict[str, Any]]:  # noqa: ANN401 - as httpx has it
    return "POST", CLIPS, {"data": AGREED, "files": FILES} | more


def sentence(answer: httpx.Response) -> str:
    """What a refusal says; nothing else is in it."""
    assert answer.headers["Content-Type"] == "application/json"
    said = answer.json()
    assert list(said) == ["error"]
    assert isinstance(said["error"], str)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return str(said["error"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("PUT", CLIPS, 405), ("GET", f"{CLIPS}/", 404)],
)
def test_an_address_that_is_none(running: Service, method: str, path: str, status: int) -> None:
    answer = running.http.request(method, path)
    assert answer.status_code == status
    assert "/docs" in sentence(answer)


def test_a_job_of_somebody_else_cannot_be_told_from_one_that_is_not_there(
    running: Service, voice: bytes
) -> None:
    job = running.clip(portrait(), voice)
    for method, below in (("GET", ""), ("GET", "/video"), ("DELETE", "")):
        wrong = running.http.request(method, job.address + below, headers=bearer("another"))
        unknown = running.http.request(
            method, f"{CLIPS}/{'0' * 32}{below}", headers=bearer(job.secret)
        )
        assert (wrong.status_code, unknown.status_code) == (404, 404)
        assert wrong.content == unknown.content
        assert "There is no such job here" in sentence(wrong)
    assert job.ask("DELETE").status_code == 204
    assert job.ask("DELETE").status_code == 404


@pytest.mark.parametrize("header", [{}, {"Authorization": "Basic eDp5"}])
def test_who_does_not_say_whose_job_it_is_is_told_how(
    running: Service, header: dict[str, str]
) -> None:
    answer = running.http.get(f"{CLIPS}/{'0' * 32}", headers=header)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "Bearer SECRET" in sentence(answer)


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ({"data": AGREED}, "`photo` is missing"),
        ({"json": {"consent": True}}, "`photo` is missing"),
        ({"data": AGREED | {"photo": "me"}}, "`photo` will not do"),
        ({"data": AGREED, "files": {"photo": b""}}, "`photo` is empty"),
        ({"data": AGREED, "files": FILES | {"voice": b""}}, "`voice` is empty"),
    ],
)
def test_a_form_that_lacks_something(office: Office, form: dict[str, Any], named: str) -> None:
    (answer,) = ask(make(office), ("POST", CLIPS, form))
    assert answer.status_code == 422
    assert named in sentence(answer)


@pytest.mark.parametrize("content", [b"", b"--x\r\nnonsense", b"--x--", b"\x00" * 100])
def test_a_form_that_is_broken(office: Office, content: bytes) -> None:
    (answer,) = ask(make(office), ("POST", VERDICTS, {"content": content, "headers": FORM}))
    assert answer.status_code in {400, 422}
    assert "multipart/form-data" in sentence(answer)


def test_what_states_that_it_is_too_large_is_not_even_read(running: Service) -> None:
    line = http.client.HTTPConnection(running.http.base_url.host, running.http.base_url.port)
    line.putrequest("POST", VERDICTS)
    line.putheader("Content-Type", FORM["Content-Type"])
    line.putheader("Content-Length", str(10 * gate.LARGEST))
    line.endheaders()
    answer = line.getresponse()
    assert answer.status == 413
    assert b"larger than 64 MB" in answer.read()
    line.close()


def test_what_becomes_too_large_is_let_in_no_further(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "LARGEST", 2**20)
    sent: list[Any] = []

    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        while len(sent) < 100:
            sent.append(0)
            yield bytes(2**16)

    (answer,) = ask(make(office), ("POST", VERDICTS, {"content": endless(), "headers": FORM}))
    assert answer.status_code == 413
    assert "larger than 1 MB" in sentence(answer)
    assert len(sent) < 20


def test_what_comes_too_slowly_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LONGEST", 0.2)

    async def hesitant() -> AsyncIterator[bytes]:
        yield b"--x\r\n"
        await asyncio.Event().wait()

    (answer,) = ask(make(office), ("POST", VERDICTS, {"content": hesitant(), "headers": FORM}))
    assert answer.status_code == 408
    assert "faster" in sentence(answer)


def test_too_many_at_once_are_asked_to_come_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "AT_ONCE", 1)
    service = make(office)
    answers = ask(service, speak(), speak(), speak())
    assert sorted(answer.status_code for answer in answers) == [202, 503, 503]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert {answer.headers["Retry-After"] for answer in refused} == {"5"}
    assert "no room" in sentence(refused[0])
    (later,) = ask(service, ("POST", VERDICTS, {"files": {"file": b"a clip"}}))
    assert later.status_code == 202


def test_a_full_queue_says_when_to_come_again(office: Office) -> None:
    service = make(office)
    (first,) = ask(service, speak())
    assert first.status_code == 202
    assert (first.json()["state"], first.json()["position"]) == ("queued", 0)
    (second,) = ask(service, speak())
    assert second.status_code == 503
    assert int(second.headers["Retry-After"]) >= 1
    assert f"about {second.headers['Retry-After']} seconds" in sentence(second)


def test_where_nobody_works_it_says_so_and_is_not_healthy(office: Office, store: Store) -> None:
    service = make(office)
    (well,) = ask(service, ("GET", "/healthz", {}))
    assert (well.status_code, well.json()["workers"]) == (200, {"speaking": 1, "judging": 1})
    store.part("who is speaking")
    ill, refused = ask(service, ("GET", "/healthz", {}), speak())
    assert (ill.status_code, ill.json()["workers"]) == (503, {"speaking": 0, "judging": 1})
    assert refused.status_code == 503
    assert "Nobody is at work" in sentence(refused)
    assert refused.headers["Retry-After"] == "60"


def test_a_full_disk_is_told_and_leaves_nothing(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Vault, "write", full)
    (answer,) = ask(make(office), speak())
    assert answer.status_code == 503
    assert "no room" in sentence(answer)
    assert store.unfinished("speaking") == 0


def test_a_mistake_of_ours_shows_no_traceback(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        message = "a secret of the house"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(type(office), "submit", stumble)
    (answer,) = ask(make(office), speak())
    assert answer.status_code == 500
    assert sentence(answer) == "Something went wrong inside; the service's log says what."


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_page_of_another_origin_may_read_an_answer(running: Service, method: str) -> None:
    foreign = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = running.http.request(method, "/v1/detectors", headers=foreign)
    assert [name for name in answer.headers if name.startswith("access-control")] == []
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "server" not in answer.headers
