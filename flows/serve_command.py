"""The command that shows the published release in a browser, read-only, on this machine alone."""

import signal
from typing import Annotated

import typer

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home
from flows.published import NothingPublished
from flows.terminal import Terminal


def serve(
    home: Home = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Cổng; 0: cổng trống bất kỳ / 0: any free port")
    ] = 8021,
) -> None:
    """Xem bản tin trên máy này, chỉ đọc; Ctrl-C để dừng. / See the bulletin on this machine; Ctrl-C ends it.

    Chỉ nghe ở 127.0.0.1. Để nhiều người xem, đặt thư mục published/ sau máy chủ web của cơ quan. / Listens
    on loopback only. For many readers put the folder published/ behind the office's own web server.

    Mã thoát / exit codes:

    • 0 đã dừng / ended

    • 2 dùng sai, cổng đang bận / usage, the port is taken

    • 66 chưa có bản phát hành / nothing is published yet

    Ví dụ / examples:

    • scheme21 serve

    • scheme21 serve --home /srv/scheme21 --port 8080
    """
    settings = settings_for(home)
    with explained():
        if not settings.snapshot.exists():
            raise NothingPublished(settings.snapshot)
    from flows.serve import release_server

    try:
        server = release_server(settings, port)
    except OSError as taken:
        raise typer.BadParameter(
            f"không mở được cổng / cannot listen: {taken.strerror}", param_hint="--port"
        ) from taken
    console = Terminal()
    console.print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C: dừng / ends)", highlight=False)
    for which in (signal.SIGINT, signal.SIGTERM):
        # A shell starts what runs in its background deaf to Ctrl-C; a service is ended by SIGTERM.
        signal.signal(which, signal.default_int_handler)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("đã dừng / ended", highlight=False)
