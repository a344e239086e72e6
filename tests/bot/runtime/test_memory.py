"""What the collector is kept from, in a process of its own: it holds for all that follows there."""

from __future__ import annotations

import subprocess
import sys

SETTLED = """
import gc, weakref
from bot.runtime.memory import settle

class Node:
    pass

def cycle():
    node = Node()
    node.itself = node
    return weakref.ref(node), node

kept, node = cycle()
settle()
stays = len(gc.get_objects())
new, _ = cycle()
del _
gc.collect()
print(gc.get_freeze_count() > 1_000, stays < 1_000, kept() is node, new() is None)
"""


def test_what_is_loaded_is_not_looked_through_again_and_new_rubbish_still_goes() -> None:
    told = subprocess.run([sys.executable, "-c", SETTLED], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.split() == ["True"] * 4
