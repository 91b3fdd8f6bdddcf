"""Places: the real program under gunicorn behind a real nginx, at the addresses that people give it. Knows no page.

JupyterHub is played by what its proxy does: it takes the path off and says so (jupyter-server-proxy). The text with TLS
is the one that people copy, deploy/nginx.conf.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import nginx
from tests.app.test_serving import GUNICORN, program
from tests.processes import reserved

ROOT = Path(__file__).resolve().parents[1]
SAYS = r"http://127\.0\.0\.1:(\d+)"

AT_THE_ROOT, LEFT_ON, STRIPPED = "at the root", "under a path that is left on", "under a path that is stripped"
SLASHLESS, JUPYTER = "under a path without its last slash", "in JupyterHub"
TLS, TLS_UNDER = "with TLS", "with TLS, under a path"
COURSE = "a course that frames it"
"""Another site's page, which holds the lab as a learning platform does."""
PLACES = (AT_THE_ROOT, LEFT_ON, STRIPPED, SLASHLESS, JUPYTER, TLS, TLS_UNDER)

# Ports: 0 is a site of the lab alone, 1 one of many things, 2 and 3 have TLS, 4 and 5 are their port 80, 6 the course.
SERVED = """
map $http_accept_encoding $known {{ default ""; "~gzip" gzip; }}  # of a proxy that knows no brotli
server {{
    listen 127.0.0.1:{ports[0]};
    location / {{
        proxy_pass http://127.0.0.1:{root};
        proxy_set_header Accept-Encoding $known;
    }}
}}
server {{
    listen 127.0.0.1:{ports[1]};
    location /left/lab/ {{ proxy_pass http://127.0.0.1:{left}; }}
    location /lab/ {{ proxy_pass http://127.0.0.1:{under}/; }}
    location /slashless {{ proxy_pass http://127.0.0.1:{slashless}/; }}
    location /user/x/proxy/8050/ {{
        proxy_pass http://127.0.0.1:{root}/;
        proxy_set_header X-Forwarded-Prefix /user/x/proxy/8050;
    }}
}}
server {{
    listen 127.0.0.1:{ports[6]};
    location / {{
        default_type text/html;
        return 200 '<!DOCTYPE html><html lang="en"><title>A course</title>{frames}</html>';
    }}
}}
{copied}
"""
SANDBOX = "allow-scripts allow-same-origin"
FRAME = f'<iframe title="{{title}}" width="900" height="700" sandbox="{SANDBOX}" src="{{src}}"></iframe>'


def copied(port: int, plain: int, lab: int, folder: Path, place: str = "/") -> str:
    """deploy/nginx.conf with this machine's names in it: TLS at `port`, plain http at `plain`, the lab at `lab`."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "/etc/ssl": str(folder),
        "/var/cache/nginx/lab": f"{folder}/kept{port}",
        "keys_zone=lab:": f"keys_zone=lab{port}:",
        "proxy_cache lab;": f"proxy_cache lab{port};",
        "127.0.0.1:8050": f"127.0.0.1:{lab}",
        "location / {": f"location {place} {{",
        "lab.example.org": "127.0.0.1",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def standing(nginx_program: str, folder: Path) -> Iterator[dict[str, str]]:
    """The address of the lab at each place, and of the course, as long as the block lasts."""
    nginx.certificate(folder)
    with ExitStack() as labs, ExitStack() as held:
        ports = held.enter_context(reserved(7))

        def lab(**settings: str) -> int:
            return labs.enter_context(program(GUNICORN, SAYS, **settings))[1]

        root = lab(LAB_PROXIES="1", LAB_FRAME_ANCESTORS=f"http://127.0.0.1:{ports[6]}")
        under, slashless = lab(LAB_PREFIX="/lab/", LAB_PROXIES="1"), lab(LAB_PREFIX="slashless")
        left = lab(LAB_PREFIX="/left/lab")
        one = f"http://127.0.0.1:{ports[0]}"
        frames = "".join(FRAME.format(title=title, src=f"{one}/{link}") for title, link in (
            ("framed", "?seed=9&embed=1"), ("refused", "?seed=9")
        ))
        text = SERVED.format(
            ports=ports, root=root, left=left, under=under, slashless=slashless, frames=frames,
            copied=copied(ports[2], ports[4], root, folder) + copied(ports[3], ports[5], under, folder, "/lab/"),
        )
        held.close()
        labs.enter_context(nginx.running(nginx_program, text, folder, ports[0]))
        many = f"http://127.0.0.1:{ports[1]}"
        yield {
            AT_THE_ROOT: f"{one}/",
            LEFT_ON: f"{many}/left/lab/",
            STRIPPED: f"{many}/lab/",
            SLASHLESS: f"{many}/slashless",
            JUPYTER: f"{many}/user/x/proxy/8050/",
            TLS: f"https://127.0.0.1:{ports[2]}/",
            TLS_UNDER: f"https://127.0.0.1:{ports[3]}/lab/",
            COURSE: f"http://127.0.0.1:{ports[6]}/",
        }
