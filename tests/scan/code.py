"""bandit and semgrep over the code, after both have found the flaws seeded beside this file. Exit status 0: nothing found.

.venv/scan/bin/python tests/scan/code.py
"""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BIN = Path(sys.executable).parent
CODE = ["danvan", "regulations", "supervision", "dialogues", "models_awards"]
SEMGREP = ["scan", "--config", HERE / "rules.yml", "--metrics=off", "--disable-version-check", "--quiet", "--json"]
# Left to ruff S, which reads the same and knows the reviewed lines: low findings, mark_safe, SQL with our own table names.
BANDIT = ["--quiet", "--recursive", "--severity-level=medium", "--format=json", "--skip=B308,B608,B703"]


def ask(program, *arguments):
    answer = subprocess.run([BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True)
    try:
        told = json.loads(answer.stdout)
    except ValueError:
        sys.exit(f"{program} gave no result:\n{answer.stderr[-2000:]}")
    if errors := told["errors"]:
        sys.exit(f"{program} could not read everything: {errors}")
    return told["results"]


def semgrep(*paths):
    """{(rule, file, line)}"""
    return {(found["check_id"].rpartition(".")[2], found["path"], found["start"]["line"]) for found in ask("semgrep", *SEMGREP, *paths)}


def bandit(*paths):
    return {(found["test_id"], found["filename"], found["line_number"]) for found in ask("bandit", *BANDIT, *paths)}


def seeded():
    """What the comments of the seeded files announce, a line above each flaw."""
    for path in sorted(HERE.glob("seeded.*")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if match := re.search(r"ruleid: ([\w-]+)", line):
                yield match[1], str(path.relative_to(ROOT)), number + 1


def main():
    announced, files = set(seeded()), sorted(path.relative_to(ROOT) for path in HERE.glob("seeded.*"))
    rules = set(re.findall(r"- id: ([\w-]+)", (HERE / "rules.yml").read_text()))
    blind = (announced ^ semgrep(*files)) | {(rule, "nowhere seeded", 0) for rule in rules - {rule for rule, *_ in announced}}
    if "B301" not in {code for code, *_ in bandit("tests/scan/seeded.py")}:
        blind.add(("B301", "tests/scan/seeded.py", 0))
    found = semgrep(*CODE, "templates") | bandit(*CODE)
    for title, rows in (("The scanners are blind: seeded flaws and findings differ", blind), ("Found", found)):
        for rule, path, line in sorted(rows):
            print(f"{title}: {rule} {path}:{line}")
    print(f"{len(rules)} local rules and bandit: {len(announced)} seeded flaws found, {len(found)} findings in the code.")
    return 1 if blind or found else 0


if __name__ == "__main__":
    sys.exit(main())
