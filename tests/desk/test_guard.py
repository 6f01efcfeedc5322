"""Whoever is not the page of this program is turned away before anything is looked at."""

from __future__ import annotations

import pytest

from mlcheck.desk.shown import ASSETS
from tests.desk.conftest import HOST, ONCE, OWN, SECRET

ELSEWHERE = "http://elsewhere.example"
ROUTES = [
    ("GET", ""), ("GET", "result"), ("GET", "events"), ("PUT", "files/report?name=a.csv"), ("DELETE", "files/prior"),
    ("POST", "run"), ("POST", "stop"), ("POST", "waivers"), ("GET", "download/page"), ("POST", "here"), ("POST", "bye"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_wants_the_secret(spoken, method, path):
    page = spoken()
    for wrong in ("x", SECRET[:-1], f"{SECRET}x", "", "%00", "é"):
        address = page.home.replace(SECRET, wrong, 1) + path
        answer = page.client.request(method, address, headers=OWN, content=b"a;b\n1;2\n")
        assert answer.status_code == 404, wrong
        assert answer.text == "Not Found"
    assert page.desk.files == {"report": None, "prior": None}


@pytest.mark.parametrize("path", ["/", "/new", *(f"/{name}" for name in ASSETS), "/d/x/"])
def test_the_rest_wants_it_too(spoken, path):
    assert spoken().client.get(path).status_code == 404


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "elsewhere.example:8000", "127.0.0.1", "127.0.0.1:8001", "[::1]:8000"]
)
def test_a_name_that_another_site_lets_lead_here_is_refused(spoken, host):
    page = spoken()
    for method, path in ROUTES:
        own = (
            {} if method == "GET" else OWN
        )  # a browser tells no origin of what it takes for a page of that name
        for more in (own, {"origin": f"http://{host}"}):
            answer = page.client.request(method, page.home + path, headers={"host": host, **more})
            assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ELSEWHERE},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8001"},
        {**OWN, "sec-fetch-site": "cross-site"},
        {**OWN, "sec-fetch-site": "same-site"},
    ],
)
def test_another_site_of_the_browser_is_refused(spoken, headers):
    page = spoken()
    for method, path in ROUTES:
        assert page.client.request(method, page.home + path, headers=headers).status_code == 403


@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if route[0] != "GET"])
def test_what_changes_something_says_where_it_comes_from(spoken, method, path):
    page = spoken()
    assert page.client.request(method, page.home + path).status_code == 403


def test_no_other_method_is_answered(spoken):
    page = spoken()
    for method in ("OPTIONS", "TRACE", "PATCH", "PROPFIND"):
        assert page.client.request(method, f"{page.home}run", headers=OWN).status_code == 405
    assert page.client.get(f"{page.home}run").status_code == 405


def test_the_browser_is_told_to_run_and_send_nothing_else(spoken):
    page = spoken()
    for address in (page.home, f"/{SECRET}/desk.js", "/wrong", f"{page.home}download/none"):
        headers = page.client.get(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_the_address_that_starts_the_browser_leads_there_once(spoken):
    page = spoken()
    first = page.client.get(f"/{ONCE}", follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, f"/{SECRET}/")
    assert page.client.get(f"/{ONCE}").status_code == 404
    assert page.client.get(f"/{ONCE}/", headers={"host": HOST}).status_code == 404


def test_the_page_names_no_other_address(spoken):
    page = spoken()
    texts = [page.client.get(page.home).text, *(page.client.get(f"/{SECRET}/{name}").text for name in ASSETS)]
    for text in texts:
        assert "https:" not in text
        assert text.count("http:") == text.count("http://www.w3.org/2000/svg")
