"""Imports cost seconds: what serves nothing we use is put off until it does; none is searched for garbage."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    """Bears a module's name; whoever asks it for anything is given the real one's."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what Python itself asks every module on the way
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def left_for_later(*names: str) -> Iterator[None]:
    """Let an `import` of these modules within the block bring a stand-in, where they are not there yet.

    A stand-in imports its module when something of it is used, after the block.
    """
    stand_ins = {name: _StandIn(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest while the block imports, and never look at what is there by its end.

    Imports make a million things and throw none of them away: to look through them again and again, and once
    more when the process ends, is a tenth of the time of a short one.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
