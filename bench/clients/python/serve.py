"""The side of a client that faces the benchmark, as bench/README.md has it.

A worker is made with the place, 'host' or 'vm', by the thread that will use it. What an operation
returns is how often it was done, and of objects also the sum of their fields.
"""

import platform
import queue
import sys
import threading
import time


class WorkerThread(threading.Thread):
    """A thread with a worker, which takes work from one queue and puts results into another."""

    def __init__(self, make_worker):
        super().__init__(daemon=True)
        self.make_worker = make_worker
        self.work = queue.SimpleQueue()
        self.results = queue.SimpleQueue()
        self.start()
        self.result()

    def run(self):
        try:
            worker = self.make_worker()
            self.results.put(0)
            while True:
                self.results.put(worker.run(*self.work.get()))
        except BaseException as e:
            self.results.put(e)

    def result(self):
        result = self.results.get()
        if isinstance(result, BaseException):
            raise result
        return result


def run_in_threads(threads, *work):
    for thread in threads:
        thread.work.put(work)
    return sum([thread.result() for thread in threads])


def say(line):
    """Writes a line at once, by which a trace knows it; print() may take it apart."""
    sys.stdout.write(line + '\n')
    sys.stdout.flush()


def serve(library, worker_class, operations):
    """The whole life of a client, whose operations are methods of a worker, by their names."""
    if len(sys.argv) != 2 or sys.argv[1] not in ('host', 'vm'):
        sys.exit(f'usage: {sys.argv[0]} host|vm')
    say(f'{library}, {platform.python_implementation()} {platform.python_version()}')

    def make_worker():
        return worker_class(sys.argv[1])

    worker = make_worker()
    workers = []
    for line in sys.stdin:
        name, *numbers = line.split()
        if name not in operations:
            say('unsupported')
            continue
        payload, threads, count = map(int, numbers)
        while threads > max(1, len(workers)):
            workers.append(WorkerThread(make_worker))
        share = -(-count // threads)
        start = time.monotonic_ns()
        if threads == 1:
            done = worker.run(operations[name], payload, share)
        else:
            done = run_in_threads(workers[:threads], operations[name], payload, share)
        elapsed = time.monotonic_ns() - start
        say(f'{elapsed} {done}' if isinstance(done, int) else f'{elapsed} {done[0]} {done[1]}')
