"""Memory: what a server does not use is given back, and what its workers have in common stays so."""

import platform
import subprocess
import sys
from pathlib import Path

from app.operating import memory
from tests.processes import environment

ROOT = Path(__file__).resolve().parents[3]
GLIBC = platform.libc_ver()[0] == "glibc"

# Many blocks, with a small one that stays above them in the heap, after a large one that has taught the allocator to
# keep such in it. What is printed is how many MB of them the process still has.
KEEPS = """
import ctypes
from app.operating import memory
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
resident = lambda: next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
def block(size):
    found = libc.malloc(size)
    ctypes.memset(found, 1, size)
    return found
{spare}
libc.free(block(20_000_000))
before = resident()
blocks = [block(3_000_000) for _ in range(10)]
last = block(1000)
for one in blocks:
    libc.free(one)
print(resident() - before)
"""


def kept(spare: str) -> float:
    command = [sys.executable, "-c", KEEPS.format(spare=spare)]
    # A cluster of dask that a test has started tells the allocator of all processes to come.
    env = {name: value for name, value in environment().items() if not name.startswith("MALLOC_")}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_what_is_large_goes_back_to_the_system():
    if GLIBC:
        assert kept("") > 20
        assert kept("assert memory.spare()") < 5
    else:
        assert not memory.spare()


CONFIGURED = """
import gc, runpy
from app.operating import memory
told = []
memory.spare = lambda: told.append("spare")
runpy.run_path("gunicorn.conf.py")["when_ready"](None)
print(told, gc.get_freeze_count() > 0)
"""


def test_gunicorn_is_told_before_its_workers_part():
    command = [sys.executable, "-c", CONFIGURED]
    env = environment(LAB_CACHE="memory")
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "['spare'] True\n"
