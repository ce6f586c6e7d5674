"""A backup is a folder: the database as one file, the private files, and manifest.json, which proves both.

The database comes first, the files after it: files are only added, so every row of the dump finds its file.
"""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from danvan.access.rows import enforced
from danvan.operations import dumps, erasure, row_security

FORMAT = 1
MANIFEST, FILES = "manifest.json", "private"
LEFT_OUT = "staged"  # half-written outputs of running jobs
# What migrations and the framework write into a new database: a database with rows elsewhere is somebody's.
NEW_TABLES = ("django_", "auth_", "catalogues_", "submissions_regime")
CHUNK = 1024 * 1024


class BackupError(Exception):
    """Nothing was changed; the sentence says why and what to do."""


@dataclass(frozen=True)
class Summary:
    tables: int
    rows: int
    files: int
    size: int


def summary_of(manifest):
    sizes = [entry["size"] for entry in manifest["files"].values()]
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return Summary(len(manifest["tables"]), rows, len(sizes), sum(sizes) + manifest["database"]["size"])


# --- making one ---------------------------------------------------------------------------


def backup(folder, *, step=lambda done, total: None):
    """Writes the backup into a new or empty folder; returns its manifest, which is written last."""
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} đã có nội dung. Hãy cho một thư mục mới hoặc thư mục trống.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    started_at = timezone.now()
    database = folder / dumps.file_name()
    tables = dumps.dump(database)
    files = copy_files(Path(settings.PRIVATE_ROOT), folder / FILES, names_below(Path(settings.PRIVATE_ROOT)), step)
    manifest = {
        "format": FORMAT,
        "app_version": app_version(),
        "engine": connection.vendor,
        "started_at": started_at.isoformat(),
        "finished_at": timezone.now().isoformat(),
        "migrations": applied_migrations(),
        "database": entry_of(database),
        "tables": tables,
        "files": files,
    }
    write_manifest(folder, manifest)
    return manifest


def app_version():
    """From the project file, which the image carries too; the package itself is not installed."""
    import tomllib

    path = settings.BASE_DIR / "pyproject.toml"
    if path.exists():
        return tomllib.loads(path.read_text())["project"]["version"]
    try:
        return version("cong-dan-van")
    except PackageNotFoundError:
        return ""


def applied_migrations():
    """{app: its newest applied migrations}"""
    loader = MigrationLoader(connection)
    found = {}
    for app, name in sorted(loader.applied_migrations):
        children = loader.graph.node_map[app, name].children if (app, name) in loader.graph.node_map else ()
        if not any(child.key[0] == app and child.key in loader.applied_migrations for child in children):
            found.setdefault(app, []).append(name)
    return found


def names_below(root):
    """Every finished private file, as a path below the root."""
    found = (path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file())
    return [path.as_posix() for path in found if path.parts[0] != LEFT_OUT]


def copy_files(source, target, names, step):
    """{name: {"sha256", "size"}} of what was written."""
    entries = {}
    for done, name in enumerate(names, 1):
        entries[name] = copy_file(source / name, target / name)
        step(done, len(names))
    return entries


def copy_file(source, target):
    """Complete or not there at all: written aside, hashed on the way, moved into place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    digest = hashlib.sha256()
    with source.open("rb") as incoming, partial.open("wb") as outgoing:
        while chunk := incoming.read(CHUNK):
            digest.update(chunk)
            outgoing.write(chunk)
        outgoing.flush()
        os.fsync(outgoing.fileno())
    shutil.copystat(source, partial)
    os.replace(partial, target)
    return {"sha256": digest.hexdigest(), "size": target.stat().st_size}


def entry_of(path):
    with path.open("rb") as file:
        return {"file": path.name, "sha256": hashlib.file_digest(file, "sha256").hexdigest(), "size": path.stat().st_size}


def write_manifest(folder, manifest):
    partial = folder / f"{MANIFEST}.partial"
    partial.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    os.replace(partial, folder / MANIFEST)


# --- reading one ----------------------------------------------------------------------------


def read_manifest(folder):
    try:
        manifest = json.loads((Path(folder) / MANIFEST).read_text())
    except FileNotFoundError:
        raise BackupError(f"{folder} không có {MANIFEST}: không phải bản sao lưu, hoặc lần sao lưu bị ngắt giữa chừng.") from None
    except ValueError:
        raise BackupError(f"{folder}/{MANIFEST} không đọc được: bản sao lưu đã hỏng.") from None
    if manifest.get("format") != FORMAT:
        raise BackupError(f"Bản sao lưu theo quy cách {manifest.get('format')}, chương trình này đọc quy cách {FORMAT}.")
    return manifest


def verify(folder, *, step=lambda done, total: None):
    """The manifest of a backup whose every byte is the one that was written."""
    folder, manifest = Path(folder), read_manifest(folder)
    if strange := [name for name in manifest["files"] if Path(name).is_absolute() or ".." in Path(name).parts]:
        raise BackupError(f"Bản kê ghi tên tệp nằm ngoài thư mục: {strange[0]}.")
    broken = [] if same(folder / manifest["database"]["file"], manifest["database"]) else [manifest["database"]["file"]]
    for done, (name, entry) in enumerate(manifest["files"].items(), 1):
        if not same(folder / FILES / name, entry):
            broken.append(f"{FILES}/{name}")
        step(done, len(manifest["files"]))
    if broken:
        raise BackupError(f"Bản sao lưu đã hỏng, {len(broken)} tệp thiếu hoặc khác mã băm: {', '.join(broken[:5])}.")
    return manifest


def same(path, entry):
    if not path.is_file() or path.stat().st_size != entry["size"]:
        return False
    return entry_of(path)["sha256"] == entry["sha256"]


# --- bringing one back ------------------------------------------------------------------------


def restore(folder, *, force=False, step=lambda done, total: None):
    """Puts the backup in the place of database and private files; nothing is touched before everything is verified."""
    folder = Path(folder)
    manifest = verify(folder)
    check_fits(manifest)
    root = Path(settings.PRIVATE_ROOT)
    if not force:
        check_empty(root)
    erased = erasure.register()  # of persons who asked for it after this backup was made
    with dumps.loaded(folder / manifest["database"]["file"]):
        check_tables(manifest)
        restore_files(folder, root, manifest["files"], step)
    remove_others(root, manifest["files"])
    erasure.remember(erased)
    if enforced():
        row_security.apply()  # rights and the mark of a function are not in the dump
    return manifest


def check_fits(manifest):
    if manifest["engine"] != connection.vendor:
        raise BackupError(f"Bản sao lưu của {manifest['engine']} không khôi phục được vào {connection.vendor}.")
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    unknown = [f"{app}.{name}" for app, names in manifest["migrations"].items() for name in names if (app, name) not in known]
    if unknown:
        raise BackupError(
            f"Bản sao lưu mới hơn chương trình này (không có {', '.join(unknown[:3])}). Hãy cài phiên bản {manifest['app_version']}."
        )


def check_empty(root):
    used = [table for table in dumps.tables() if not table.startswith(NEW_TABLES) and dumps.has_rows(table)]
    if used:
        raise BackupError(f"Cơ sở dữ liệu đang có dữ liệu ({', '.join(used[:3])}…). Thêm --force nếu muốn thay toàn bộ.")
    if root.exists() and [name for name in names_below(root) if name != erasure.REGISTER]:
        raise BackupError(f"{root} đang có tệp. Thêm --force nếu muốn thay toàn bộ.")


def check_tables(manifest):
    found = dumps.digests()
    wrong = sorted(name for name in {*found, *manifest["tables"]} if found.get(name) != manifest["tables"].get(name))
    if wrong:
        raise BackupError(f"Khôi phục xong nhưng dữ liệu khác bản sao lưu ở {', '.join(wrong[:5])}; đã trả lại dữ liệu cũ.")


def restore_files(folder, root, entries, step):
    written = copy_files(folder / FILES, root, list(entries), step)
    wrong = [name for name in entries if written[name]["sha256"] != entries[name]["sha256"]]
    if wrong:
        raise BackupError(f"Tệp chép ra khác bản sao lưu: {', '.join(wrong[:5])}; đã trả lại cơ sở dữ liệu cũ.")


def remove_others(root, entries):
    """After a forced restore no file of the former data stays behind."""
    if root.exists():
        for name in set(names_below(root)) - set(entries):
            (root / name).unlink()
