"""What refusing each hostile file costs: time and memory of the process that is asked and of the one that reads PDF files.

python -m tests.benchmarks.uploads [--json] [--probe PROGRAM] [part of a name ...]

`ms` is the time by the clock, best of three. `own ms` leaves out how long a runnable process stood in the queue for a processor:
the machine's other work, nothing of ours. Whoever sleeps, reads or waits is not in that queue, so such time counts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROUNDS = 3
MAX_MS, MAX_MB = 1000, 300


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--probe", type=Path)
    arguments.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        print(json.dumps(costs(given.measure, given.probe)))
        return
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), given.names)
        # In a process of its own: making a bomb takes more than refusing it.
        again = [sys.executable, "-m", "tests.benchmarks.uploads", "--measure", folder]
        probe = ["--probe", given.probe] if given.probe else []
        told = subprocess.run([*again, *probe], stdout=subprocess.PIPE, text=True, check=True).stdout
    if given.json:
        print(told)
        return
    lines = sorted(json.loads(told), key=lambda line: line["own_ms"])
    print(f"{'ms':>7} {'own ms':>7} {'web MB':>7} {'probe MB':>8}  file")
    for line in lines:
        print(f"{line['ms']:7.0f} {line['own_ms']:7.0f} {line['web_mb']:7.1f} {line['probe_mb']:8.1f}  {line['name']!a}")
    worst = {key: max(line[key] for line in lines) for key in ("ms", "own_ms")}
    memory = max(line["web_mb"] + line["probe_mb"] for line in lines)
    print(f"{len(lines)} files; most {worst['ms']:.0f} ms, {worst['own_ms']:.0f} own ms, {memory:.0f} MB; load {os.getloadavg()[0]:.1f}")


def make(folder, parts):
    """The names stand in a list, for some of them fit no disk."""
    from tests.danvan.attachments import hostile

    names = [name for name in hostile.FILES if not parts or any(part in name for part in parts)]
    for number, name in enumerate(names):
        (folder / str(number)).write_bytes(hostile.FILES[name][0]())
    (folder / "names").write_text(json.dumps(names))


def costs(folder, probe):
    os.environ["DJANGO_SETTINGS_MODULE"] = "danvan.settings"
    import django

    django.setup()
    from django.conf import settings

    from danvan.attachments import checks, pdf

    settings.PRIVATE_ROOT = folder
    pdf.PROBE = probe or pdf.PROBE
    subprocess.Popen = Watched
    names = json.loads((folder / "names").read_text())
    return [cost(checks.check_upload, name, folder / str(number)) for number, name in enumerate(names)]


def cost(check, name, path):
    """The best of the rounds, and the most memory of any."""
    rounds = []
    while len(rounds) < ROUNDS and not (rounds and min(done["own_ms"] for done in rounds) < MAX_MS / 2):
        rounds.append(in_a_child(lambda: measured(check, name, path)))
    most = {key: max(done[key] for done in rounds) for key in ("web_mb", "probe_mb")}
    return {"name": name, **{key: min(done[key] for done in rounds) for key in ("ms", "own_ms")}, **most}


def in_a_child(work):
    """Forked: memory that an earlier file left behind would hide what the next one takes."""
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        with open(reader) as told:
            answer = told.read()
        os.waitpid(child, 0)
        return json.loads(answer)
    try:
        with open(writer, "w") as tell:
            tell.write(json.dumps(work()))
    finally:
        os._exit(0)


def measured(check, name, path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from danvan.common.exceptions import Refused

    before, queued, worked, began = memory("self", "VmRSS"), queue_seconds("self"), sum(os.times()[:4]), time.perf_counter()
    try:
        check(SimpleUploadedFile(name, path.read_bytes()))
        raise AssertionError(f"{name!a} was taken")
    except Refused:
        taken = time.perf_counter() - began
    worked = sum(os.times()[:4]) - worked
    queued = queue_seconds("self") - queued + sum(probe.queued for probe in Watched.all)
    return {
        "ms": taken * 1000,
        "own_ms": max(taken - queued, worked) * 1000,  # two may stand in the queue at once
        "web_mb": memory("self", "VmHWM") - before,
        "probe_mb": max((probe.peak for probe in Watched.all), default=0),
    }


class Watched(subprocess.Popen):
    """A child whose memory and time in the queue are read while it lives; afterwards nobody knows them."""

    all: list["Watched"] = []

    def __init__(self, *args, **options):
        self.peak = self.queued = 0
        super().__init__(*args, **options)
        self.all.append(self)
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while self.returncode is None:
            self.look()
            time.sleep(0.004)

    def look(self):
        try:
            self.queued = max(self.queued, queue_seconds(self.pid))
            self.peak = max(self.peak, memory(self.pid, "VmHWM"))
        except (OSError, StopIteration):  # ended, or about to be
            pass

    def _try_wait(self, wait_flags):
        self.look()
        return super()._try_wait(wait_flags)


def queue_seconds(pid):
    """Runnable without a processor, of the process's main thread."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


def memory(pid, what):
    with open(f"/proc/{pid}/status") as lines:
        return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


if __name__ == "__main__":
    main()
