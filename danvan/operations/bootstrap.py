"""From a fresh machine to a complete .venv. Run by the Makefile with the system's Python, so: standard library only.

python3 danvan/operations/bootstrap.py [--dev] [--tests] [--browser] [--scan] [--crawl]
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(f"Cần Python từ 3.11 trở lên, máy này có {sys.version.split()[0]}. Chạy lại với, ví dụ: make PYTHON=python3.12 demo")

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
ASIDE = ("scan", "crawl")  # in environments of their own: they ask for other versions of what we use ourselves
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# WeasyPrint does without it, only slower: no reason to refuse an ordinary user.
OPTIONAL = {"libharfbuzz-subset0"}


def main(options):
    known = {"--dev", "--tests", "--browser", *(f"--{name}" for name in ASIDE)}
    if wrong := set(options) - known:
        sys.exit(f"Không hiểu {' '.join(sorted(wrong))}. Các tùy chọn: {' '.join(sorted(known))}.")
    install_packages(missing_packages(*(f"--{name}" in options for name in ("tests", "browser", "crawl"))))
    make_venv(VENV)
    install_locks(VENV, ["dev.lock", "runtime.lock"] if "--dev" in options else ["runtime.lock"])
    for name in ASIDE:
        if f"--{name}" in options:
            make_venv(VENV / name)
            install_locks(VENV / name, [f"{name}.lock"])


def say(text):
    print(f"• {text}", flush=True)


# --- system packages ---------------------------------------------------------------


def missing_packages(tests, browser, crawl):
    wanted = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not VENV.exists() and not importlib.util.find_spec("ensurepip"):
        wanted.append("python3-venv")
    if tests and not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        wanted.append("postgresql")
    if tests and not shutil.which("redis-server"):
        wanted.append("redis-server")
    if browser and not shutil.which("chromium"):
        wanted.append("chromium")
    if crawl and not shutil.which("sqlmap"):
        wanted.append("sqlmap")
    return wanted


def loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages):
    if not packages:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Cài gói hệ thống: {' '.join(packages)}")
        with no_autostart():
            apt("update", "-qq")
            apt("install", "-y", "-qq", "--no-install-recommends", *packages)
    elif set(packages) <= OPTIONAL:
        say(f"Thiếu {' '.join(packages)}: vẫn chạy được nhưng xuất PDF chậm hơn. Nên cài bằng quyền quản trị: {command}")
    else:
        sys.exit(f"Thiếu gói hệ thống. Hãy chạy bằng quyền quản trị rồi thử lại:\n    {command}")


def apt(*arguments):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(["apt-get", *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        sys.exit(f"apt-get {' '.join(arguments)} không thành:\n{result.stdout[-2000:]}")


@contextmanager
def no_autostart():
    """Debian starts a server as soon as it is installed; the tests bring their own, so nothing may start by itself."""
    policy, cluster = Path("/usr/sbin/policy-rc.d"), Path("/etc/postgresql-common/createcluster.conf")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    if not cluster.exists():
        cluster.parent.mkdir(exist_ok=True)
        cluster.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        if ours:
            policy.unlink()


# --- Python packages -----------------------------------------------------------------


def make_venv(folder):
    python = folder / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    say(f"Tạo môi trường Python trong {folder.relative_to(ROOT)}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)


def install_locks(folder, locks):
    """The first lock contains the others. Nothing to do while they are what was installed last."""
    wanted = {f"{name} {hashlib.sha256((ROOT / 'requirements' / name).read_bytes()).hexdigest()}" for name in locks}
    stamp = folder / "installed-locks"
    if stamp.exists() and wanted <= set(stamp.read_text().splitlines()):
        return
    say(f"Cài thư viện Python theo requirements/{locks[0]}")
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq", "install", "--require-hashes"]
    if subprocess.run([*pip, "-r", ROOT / "requirements" / locks[0]]).returncode:
        sys.exit("Không cài được thư viện Python. Kiểm tra mạng hoặc cấu hình pip rồi chạy lại.")
    stamp.write_text("\n".join(sorted(wanted)) + "\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
