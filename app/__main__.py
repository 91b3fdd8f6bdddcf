"""`python -m app`: serve the page on this machine. Knows the terminal; everything else is the factory's."""

import errno
import socket
import sys

from app.config import Settings, SettingsError

# Who listens on all addresses is found on this machine at one of them.
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def main() -> int:
    """Serve until Ctrl+C. Exit code 0, 1 when the address cannot be had, 2 when a setting is wrong."""
    try:
        settings = Settings.from_env()
        listener = listen(settings.host, settings.port)
    except SettingsError as error:
        return complain(2, str(error))
    except OSError as error:
        return complain(1, refusal(settings, error))
    with listener:
        return serve(settings, listener)


def listen(host: str, port: int) -> socket.socket:
    """A socket listening on the address. Taken before the page is built, so that a taken port is reported at once."""
    both = host == "::" and socket.has_dualstack_ipv6()  # all addresses means the older ones too
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, dualstack_ipv6=both)


def serve(settings: Settings, listener: socket.socket) -> int:
    """Build the page and serve it on `listener`, saying where."""
    # Imported late: dash and plotly take a second, and a wrong setting or a taken port should not wait for them.
    from werkzeug.serving import WSGIRequestHandler, make_server

    from app.factory import create_app
    from app.runs import PLACES
    from app.training.pool import Pool

    class QuietHandler(WSGIRequestHandler):
        """No line for each request, and no version numbers for strangers."""

        server_version = "DescentLab"
        sys_version = ""

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    pool = Pool(PLACES)
    try:
        application = create_app(settings, pool.train).server
    except SettingsError as error:
        return complain(2, str(error))
    host, port = listener.getsockname()[:2]
    server = make_server(host, port, application, threaded=True, request_handler=QuietHandler, fd=listener.fileno())
    path = f"{settings.prefix}/" if settings.prefix else ""
    print(f"Descent Lab is at {address(host, port)}{path} (Ctrl+C stops it)", flush=True)
    pool.open()
    server.serve_forever()  # until Ctrl+C, which werkzeug takes as the end
    pool.close()
    return 0


def address(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    name = WILDCARDS.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def refusal(settings: Settings, error: OSError) -> str:
    """Why the address cannot be had, and what to do, in one sentence."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is taken: stop the program that has it, or choose another with PORT=8051, say."
    why = error.strerror or str(error)
    return f"Nothing can listen on {settings.host}, port {settings.port} ({why}): choose another with HOST and PORT."


def complain(code: int, sentence: str) -> int:
    """Print the sentence where errors go; the exit code comes back."""
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
