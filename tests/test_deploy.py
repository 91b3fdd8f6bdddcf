"""What is copied to serve the lab: its names, ports and variables are the program's, and it has no rights to spare."""

import re
import shlex
from functools import cache
from pathlib import Path

import pytest
import yaml

from app.config import VARIABLES, Settings
from app.factory import create_app

ROOT = Path(__file__).resolve().parents[1]
KINDS = ["Deployment", "HorizontalPodAutoscaler", "NetworkPolicy", "PodDisruptionBudget", "Service"]
LAB, CACHE = "descent-lab", "descent-lab-cache"
GRACE = 30
"""Seconds that gunicorn lets requests under way take when it is told to end; no setting of ours changes them."""


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@cache
def compose() -> dict:
    return yaml.safe_load(text("compose.yaml"))


@cache
def kubernetes() -> dict[tuple[str, str], dict]:
    """Every object, by its kind and its name."""
    found = [one for one in yaml.safe_load_all(text("deploy/kubernetes.yaml")) if one]
    objects = {(one["kind"], one["metadata"]["name"]): one for one in found}
    assert len(objects) == len(found)
    return objects


def pod(name: str) -> dict:
    return kubernetes()["Deployment", name]["spec"]["template"]


def container(name: str) -> dict:
    (one,) = pod(name)["spec"]["containers"]
    return one


def in_dockerfile(pattern: str) -> str:
    return re.search(pattern, text("Dockerfile"), re.MULTILINE)[1]


def variables() -> dict[str, dict[str, str]]:
    listed = {one["name"]: one["value"] for one in container(LAB)["env"]}
    return {"compose.yaml": compose()["services"]["app"]["environment"], "deploy/kubernetes.yaml": listed}


@pytest.mark.parametrize("file", variables())
def test_the_variables_are_the_programs(file):
    told = variables()[file]
    assert told.keys() <= {*VARIABLES, "WEB_CONCURRENCY"}
    assert told["WEB_CONCURRENCY"] == "2"  # what the memory was measured for, however many cores the machine has
    assert all(isinstance(value, str) for value in told.values())
    settings = Settings.from_env(told)
    assert (settings.proxies, settings.prefix, settings.metrics, settings.request_log) == (1, "", True, True)
    assert settings.cache.startswith("redis://")


def test_everybody_has_the_same_port():
    port = str(Settings().port)
    assert in_dockerfile(r"^EXPOSE (\d+)$") == in_dockerfile(r"^ENV HOST=0\.0\.0\.0 PORT=(\d+)$") == port
    assert compose()["services"]["app"]["expose"] == [port]
    assert re.search(r"\bdynamic a app (\d+)\b", text("deploy/Caddyfile"))[1] == port
    assert re.search(r"proxy_pass http://127\.0\.0\.1:(\d+);", text("deploy/nginx.conf"))[1] == port
    (named,) = container(LAB)["ports"]
    assert (named["name"], str(named["containerPort"])) == ("http", port)
    assert pod(LAB)["metadata"]["annotations"]["prometheus.io/port"] == port
    (let_in,) = kubernetes()["NetworkPolicy", LAB]["spec"]["ingress"]
    assert [str(one["port"]) for one in let_in["ports"]] == [port]


# compose.yaml


def test_compose_has_a_proxy_any_number_of_labs_and_a_cache():
    services = compose()["services"]
    assert set(services) == {"proxy", "app", "cache"}
    app, proxy = services["app"], services["proxy"]
    assert "container_name" not in app
    assert "ports" not in app
    assert "ports" not in services["cache"]
    assert app["build"] == "."
    assert Settings.from_env(app["environment"]).cache.startswith("redis://cache:6379/")
    assert [compose()["networks"][name] for name in app["networks"] + services["cache"]["networks"]] == [
        {"internal": True}
    ] * 2
    assert {mount.partition(":")[0] for mount in proxy["volumes"]} == {"./deploy/Caddyfile", "certificates"}
    assert set(re.findall(r"\{\$(\w+)\}", text("deploy/Caddyfile"))) == set(proxy["environment"])


@pytest.mark.parametrize("name", ["proxy", "app", "cache"])
def test_no_service_of_compose_has_rights_to_spare(name):
    service = compose()["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True


def test_who_ends_may_end_what_is_under_way():
    assert int(compose()["services"]["app"]["stop_grace_period"].removesuffix("s")) > GRACE
    stops = int(shlex.split(" ".join(container(LAB)["lifecycle"]["preStop"]["exec"]["command"]))[-1])
    assert pod(LAB)["spec"]["terminationGracePeriodSeconds"] > GRACE + stops


@pytest.mark.parametrize("file", ["deploy/Caddyfile", "deploy/nginx.conf"])
def test_a_proxy_keeps_numbers_to_itself(file):
    for name in ("metrics", "readyz"):
        assert name in text(file)
    assert "404" in text(file)


# deploy/kubernetes.yaml


def test_kubernetes_has_all_its_objects_and_they_mean_each_other():
    assert sorted(kind for kind, name in kubernetes() if name == LAB) == KINDS
    for (kind, name), one in kubernetes().items():
        spec = one["spec"]
        if kind == "HorizontalPodAutoscaler":
            assert spec["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
            assert spec["minReplicas"] > kubernetes()["PodDisruptionBudget", name]["spec"]["minAvailable"]
            continue
        meant = spec["podSelector"] if kind == "NetworkPolicy" else spec["selector"]
        assert meant.get("matchLabels", meant) == pod(name)["metadata"]["labels"], (kind, name)
        if kind == "Service":
            named = {port["name"] for port in container(name)["ports"]}
            assert {port["targetPort"] for port in spec["ports"]} <= named
    assert "replicas" not in kubernetes()["Deployment", LAB]["spec"]


def test_the_lab_asks_its_cache_and_nobody_else():
    service = kubernetes()["Service", CACHE]
    cache = Settings.from_env(variables()["deploy/kubernetes.yaml"]).cache
    assert cache.startswith(f"redis://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}/")
    to_cache, to_names = kubernetes()["NetworkPolicy", LAB]["spec"]["egress"]
    assert to_cache["to"] == [{"podSelector": {"matchLabels": pod(CACHE)["metadata"]["labels"]}}]
    assert {port["port"] for port in to_names["ports"]} == {53}
    from_lab = kubernetes()["NetworkPolicy", CACHE]["spec"]["ingress"]
    assert from_lab[0]["from"] == [{"podSelector": {"matchLabels": pod(LAB)["metadata"]["labels"]}}]
    assert kubernetes()["NetworkPolicy", CACHE]["spec"]["egress"] == []


@pytest.mark.parametrize("name", [LAB, CACHE])
def test_no_pod_has_rights_to_spare(name):
    spec, rights = pod(name)["spec"], container(name)["securityContext"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert rights == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}
    }
    assert "memory" in container(name)["resources"]["limits"]


def test_the_pod_is_the_images_user_and_has_as_much_memory_as_in_compose():
    assert str(pod(LAB)["spec"]["securityContext"]["runAsUser"]) == in_dockerfile(r"^RUN useradd .*--uid (\d+) .* lab$")
    assert container(LAB)["resources"]["limits"]["memory"].lower() == compose()["services"]["app"]["mem_limit"] + "i"


@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
def test_a_pod_is_asked_what_the_lab_answers(probe):
    client = create_app(Settings()).server.test_client()
    asked = container(LAB)[probe]["httpGet"]
    assert asked["port"] == "http"
    assert client.get(asked["path"]).status_code == 200
