"""The companion that draws: its answer to a `Drawing` is that the files are written."""

from bulletin.charts import start_engine
from bulletin.language import language
from bulletin.page import compile_templates
from bulletin.release_files import LANGUAGES
from schemas.access import owners_files
from tasks.companion import attend
from tasks.dictionary_page import dictionary_page
from tasks.drawing import Drawing, write_readers_files
from tasks.lock import drawing_lock


def _prepare() -> None:
    for code in LANGUAGES:
        compile_templates(language(code))
    dictionary_page()
    start_engine()


def _draw(drawing: Drawing) -> None:
    with drawing_lock(drawing.home):
        write_readers_files(drawing.folder, drawing.previous)


if __name__ == "__main__":
    with owners_files():
        attend(_prepare, _draw)
