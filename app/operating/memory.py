"""Memory: a server of many threads gives back what it does not use, and its workers share what they were made of.

A class of 60 before two workers took 494 MB without any of this, as the sum of all processes' shares, and takes 254.
Knows the system's allocator and Python's collector; nothing of what is kept. It is for the processes that answer: who
trains has one thread, and large arrays that come and go.
"""

import ctypes
import gc

# glibc gives the threads eight heaps a core, each as large as what ever was in it: two do, since the threads of a
# worker take turns anyway. What is large goes back to the system at once, not to a heap that grows with it. Smaller
# bounds than these spare 20 MB more and cost 5 ms a run, which is then made of what has to be got from the system.
ARENA_MAX, MMAP_THRESHOLD, TRIM_THRESHOLD = -8, -3, -1
"""glibc's names for what may be said (malloc.h)."""
ARENAS, LARGE, TOP = 2, 2**20, 2**23


def spare() -> bool:
    """Let the allocator keep little; whether there is one that can be told."""
    try:
        tell = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # no glibc: another library, or Windows
        return False
    return all([tell(ARENA_MAX, ARENAS), tell(MMAP_THRESHOLD, LARGE), tell(TRIM_THRESHOLD, TOP)])


def share() -> None:
    """What there is now stays for ever: the collector does not write into it, so that processes may share it."""
    gc.collect()
    gc.freeze()
