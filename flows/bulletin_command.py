"""The command that writes the Board's files of the published release anew."""

import typer

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home
from flows.terminal import Terminal


def bulletin(home: Home = None) -> None:
    """Viết lại bản tin từ bản đã phát hành. / Write the bulletin of the published release anew.

    Trang, PDF, Excel, CSV. Mỗi chu kỳ đã tự viết; lệnh này dùng khi đổi mẫu trang, số liệu không đổi. / Every
    cycle writes them by itself; this is for a changed template. No figure changes.

    Mã thoát / exit codes:

    • 0 đã viết / written

    • 2 dùng sai / usage

    • 66 chưa có bản phát hành / nothing is published yet

    • 74 bản phát hành do chương trình cũ lập, hãy chạy scheme21 run / released by an older program

    • 75 tiến trình khác đang ghi / another process holds the warehouse

    Ví dụ / examples:

    • scheme21 bulletin

    • scheme21 bulletin --home /srv/scheme21
    """
    settings = settings_for(home)
    console = Terminal()
    with explained():
        if not settings.snapshot.exists():
            from flows.published import NothingPublished

            raise NothingPublished(settings.snapshot)
        from tasks.lock import writer_lock
        from tasks.release import rewrite_bulletin

        with console.status("viết bản tin / writing the bulletin"), writer_lock(settings, "bulletin"):
            rewrite_bulletin(settings)
    for name in ("index.html", "index.en.html", "bulletin.pdf", "scheme21.xlsx"):
        typer.echo(settings.published / name)
