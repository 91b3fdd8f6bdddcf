"""Settings from the environment: defaults, every variable, and a sentence for every value that cannot be used."""

import socket
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from app.config import VARIABLES, Settings, SettingsError


def test_nothing_set_is_the_default():
    assert Settings.from_env({}) == Settings("127.0.0.1", 8050, "memory", "info", (), None, 0, False, False, "", 1200)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "0.0.0.0", "127.1", "::", "::1", "192.0.2.1", "2001:db8::1", "localhost", "LOCALHOST"]
)
def test_addresses(host, caplog):
    assert Settings.from_env({"HOST": host}).host == host
    assert caplog.messages == []


def test_a_name_of_another_machine_is_no_address_either(caplog, monkeypatch):
    """Some networks answer for every name."""
    elsewhere = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 0))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [elsewhere])
    assert Settings.from_env({"HOST": "x86_64-conda-linux-gnu"}).host == "127.0.0.1"
    assert len(caplog.messages) == 1


def test_a_name_of_the_newer_protocol_alone_is_its_address(caplog, monkeypatch):
    """Of a machine that has it, whether or not this one does."""
    probe = SimpleNamespace(bind=lambda address: None)
    monkeypatch.setattr(socket, "socket", lambda family: nullcontext(probe))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET6, 1, 6, "", ("::1", 0, 0, 0))])
    assert Settings.from_env({"HOST": "ip6-localhost"}).host == "::1"
    assert caplog.messages == []


def test_an_address_may_stand_in_brackets_as_browsers_write_it():
    assert Settings.from_env({"HOST": "[::1]"}).host == "::1"


@pytest.mark.parametrize(
    "host",
    [
        *("x86_64-conda-linux-gnu", "aarch64-conda-linux-gnu", "arm64-apple-darwin20.0.0", "x86_64-apple-darwin13.4.0"),
        *("nowhere.invalid", "a..b", "a" * 300, "1.2.3.4.5", "256.0.0.1", "127.0.0.1:8050", "http://127.0.0.1"),
        *("two words", "[::1", ":", "*", "[localhost]", "ü" * 70, "::1/64", "-"),
    ],
)
def test_a_host_that_is_no_address_is_told_in_one_sentence(host, caplog):
    assert Settings.from_env({"HOST": host}) == Settings()
    assert caplog.messages == [f"HOST is {host!r}, which is no address of this machine; 127.0.0.1 is used."]


def test_an_empty_variable_counts_as_unset():
    assert Settings.from_env(dict.fromkeys(VARIABLES, "")) == Settings()


def test_every_variable_is_read():
    environ = {"HOST": "0.0.0.0", "PORT": "8061", "LAB_CACHE": "dir:/var/lab", "LAB_LOG_LEVEL": "WARNING",
               "LAB_FRAME_ANCESTORS": "https://a", "LAB_PREFIX": "/lab/", "LAB_PROXIES": "2",
               "LAB_METRICS": "1", "LAB_REQUEST_LOG": "1", "LAB_DASK": "tcp://scheduler:8786", "LAB_LIMIT": "9"}
    assert environ.keys() == set(VARIABLES)
    expected = Settings("0.0.0.0", 8061, "dir:/var/lab", "warning", ("https://a",), "/lab", 2, True, True,
                        "tcp://scheduler:8786", 9)
    assert Settings.from_env(environ) == expected


@pytest.mark.parametrize("cache", ["memory", "dir:runs", "redis://cache:6379/0", "rediss://a", "unix:///run/redis.sock"])
def test_caches(cache):
    assert Settings.from_env({"LAB_CACHE": cache}).cache == cache


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("PORT", port) for port in ("abc", "-1", "65536", "80.5", "８０５０", "1e3", "9" * 5000)),
        *(("LAB_CACHE", cache) for cache in ("disk", "memory:", "dir:", "redis:", "redis://", "memcached://a", "/tmp")),
        ("LAB_LOG_LEVEL", "loud"),
        *(("LAB_FRAME_ANCESTORS", site) for site in ("moodle", "*", "https://a; img-src *", "https://a/b", "'none'")),
        *(("LAB_PREFIX", prefix) for prefix in ("/a b/", "/../", "https://a/lab", '/"/')),
        *((name, value) for name in ("LAB_METRICS", "LAB_REQUEST_LOG") for value in ("yes", "2", "true")),
        *(("LAB_DASK", address) for address in ("scheduler", "http://scheduler:8786", "tcp://a", "tcp://a b:1")),
        *(("LAB_LIMIT", number) for number in ("-1", "1000000", "many", "1.5", "１")),
        *(("LAB_PROXIES", count) for count in ("-1", "10", "one", "1.5", "１")),
    ],
)
def test_a_bad_value_is_told_in_one_sentence(name, value):
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({name: value})
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} is {value!r}, but ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_sites_that_may_frame_the_lab():
    sites = ("https://moodle.example.org", "https://*.example.edu:8443")
    assert Settings.from_env({"LAB_FRAME_ANCESTORS": "  ".join(sites)}).frame_ancestors == sites
