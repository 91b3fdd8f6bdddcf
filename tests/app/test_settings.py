"""Settings from the environment: defaults, every variable, and a sentence for every value that cannot be used."""

import pytest

from app.settings import VARIABLES, Settings, SettingsError


def test_nothing_set_is_the_default():
    assert Settings.from_env({}) == Settings("127.0.0.1", 8050, "memory", "info", ())


def test_an_empty_variable_counts_as_unset():
    assert Settings.from_env(dict.fromkeys(VARIABLES, "")) == Settings()


def test_every_variable_is_read():
    environ = {"HOST": "0.0.0.0", "PORT": "8061", "LAB_CACHE": "dir:/var/lab", "LAB_LOG_LEVEL": "WARNING"}
    assert Settings.from_env(environ) == Settings("0.0.0.0", 8061, "dir:/var/lab", "warning")


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
