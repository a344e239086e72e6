"""Who may speak to the sandbox."""

from __future__ import annotations

import aiohttp
import pytest

from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox

from .conftest import TOKEN, People

REFUSED = {"error": "The sandbox answers only requests from this machine, by its loopback address."}


def headers(sandbox: Sandbox, **given: str) -> dict[str, str]:
    port = sandbox.base_url.rpartition(":")[2]
    return {name.replace("_", "-"): value.replace("PORT", port) for name, value in given.items()}


@pytest.mark.parametrize("path", ["/", "/sandbox/state", f"/bot{TOKEN}/getMe", "/page/app.js"])
@pytest.mark.parametrize(
    "given",
    [
        {"Host": "evil.example:PORT"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example:PORT"},
        {"Host": "[bad"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},
    ],
)
async def test_strangers_are_refused(
    sandbox: Sandbox, people: People, http: aiohttp.ClientSession, path: str, given: dict[str, str]
) -> None:
    async with http.get(path, headers=headers(sandbox, **given)) as response:
        assert (response.status, await response.json()) == (403, REFUSED)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Host": "localhost:PORT"},
        {"Host": "[::1]:PORT"},
        {"Host": "127.0.0.1:PORT", "Origin": "http://127.0.0.1:PORT"},
        {"Origin": "http://localhost:PORT"},
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
    ],
)
async def test_one_of_the_house_is_served(
    sandbox: Sandbox, people: People, http: aiohttp.ClientSession, given: dict[str, str]
) -> None:
    for path in ("/sandbox/state", f"/bot{TOKEN}/getMe"):
        async with http.get(path, headers=headers(sandbox, **given)) as response:
            assert response.status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_what_another_page_leads_a_browser_to(people: People, http: aiohttp.ClientSession, site: str) -> None:
    led = {"Sec-Fetch-Site": site}
    async with http.get(f"/bot{TOKEN}/getMe", headers=led) as response:
        assert response.status == 403
    async with http.get("/", headers=led) as response:
        assert response.status == 200, "a link to the chat page is fine"


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.0.1", "example.org"])
def test_only_the_loopback_is_served(clock: MovableClock, host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(clock, host=host)


async def test_a_taken_port_is_an_error(sandbox: Sandbox, clock: MovableClock) -> None:
    port = int(sandbox.base_url.rpartition(":")[2])
    second = Sandbox(clock, port=port)
    with pytest.raises(OSError, match="address already in use"):
        await second.start()
    await second.stop()


@pytest.mark.parametrize(
    "name", ["../server.py", "..%2fserver.py", "%2e%2e/server.py", "nothing.js", "a//b", "__init__.py"]
)
async def test_only_files_of_the_page_are_served(http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(f"/page/{name}") as response:
        assert response.status == 404


async def test_the_page_is_not_cached(http: aiohttp.ClientSession) -> None:
    for path, kind in (("/", "text/html"), ("/page/app.js", "text/javascript"), ("/page/app.css", "text/css")):
        async with http.get(path) as response:
            assert (response.status, response.content_type) == (200, kind)
            assert response.headers["Cache-Control"] == "no-store"
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
