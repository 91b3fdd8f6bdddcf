"""Room: how many threads a worker has. Knows nothing else."""

THREADS = 32
