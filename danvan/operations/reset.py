"""Removes the data of the demo, and only that. Standard library only: it must work before anything is installed."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

VAR = Path(os.environ.get("DANVAN_VAR") or Path(__file__).resolve().parents[2] / "var")
DATA = ["danvan.sqlite3", "danvan.sqlite3-wal", "danvan.sqlite3-shm", "private", "queue"]


def main():
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("Cổng chạy thử đang chạy. Dừng nó bằng Ctrl-C rồi chạy lại make demo-reset.")
        for name in DATA:
            remove(VAR / name)
    print("Đã xóa dữ liệu chạy thử. Chạy make demo để làm lại từ đầu.")


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
