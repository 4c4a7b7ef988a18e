"""How many instructions a row or a statement costs, counted by callgrind, which counts the same each time: what azoth_instruction_work does
often less what it does seldom. The framework's part (libazoth, the dialect, and the program with the templates that it has made) may not be
more than 5 per cent above what testsuite/benchmarks/instructions.json says; SQLite's and the C library's part is Debian's business.

`--update` writes that file, `--table` prints where the instructions go.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from common import ROOT, run

BUDGET = ROOT / "testsuite/benchmarks/instructions.json"
TOLERANCE = 0.05
# Which object file a function is in, by its name.
PARTS = (("libazoth", "azoth"), ("azoth-dialect-", "dialect"), ("azoth_instruction_work", "program"), ("sqlite3", "sqlite"))
OURS = ("azoth", "dialect", "program")
BY_HAND = "by-hand-"  # loops over the C API: to compare with, not to be held to anything


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("--table", action="store_true")
    options = arguments.parse_args()
    program = ROOT / options.build / "bin/azoth_instruction_work"
    if not shutil.which("valgrind"):
        return report.skip("instructions", "there is no callgrind: install valgrind")
    measured = measure(program, by_hand=options.table)
    if options.table:
        print_table(measured)
    measured = {work: costs for work, costs in measured.items() if not work.startswith(BY_HAND)}
    if options.update:
        BUDGET.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    allowed = json.loads(BUDGET.read_text(encoding="utf-8"))
    for work, costs in measured.items():
        compare(report, work, ours(costs), ours(allowed[work]) if work in allowed else None)
    for work in allowed.keys() - measured.keys():
        report.fail(f"instructions/{work}", "azoth_instruction_work does not know it: --update")


def compare(report, work, now, before):
    name = f"instructions/{work}"
    if before is None:
        report.fail(name, "it has no budget: --update")
    elif now > before * (1 + TOLERANCE):
        report.fail(name, f"{now:.0f} of the framework's, and {before:.0f} are allowed: {now / before - 1:+.1%}")
    else:
        report.ok(name)
        if now < before * (1 - TOLERANCE):
            print(f"  instructions/{work}: {now / before - 1:+.1%}; --update keeps what was won", flush=True)


def ours(costs):
    return sum(costs.get(part, 0) for part in OURS)


def measure(program, by_hand):
    listed = subprocess.run([program, "--list"], capture_output=True, text=True, check=True).stdout.split("\n")
    works = [line.split() for line in listed if line and (by_hand or not line.startswith(BY_HAND))]
    runs = [(work, count) for work, few, many in works for count in (int(few), int(many))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        counted = dict(zip(runs, workers.map(lambda one: count_instructions(program, *one), runs)))
    measured = {}
    for work, few, many in works:
        few, many = int(few), int(many)
        less, more = counted[work, few], counted[work, many]
        measured[work] = {part: round((more.get(part, 0) - less.get(part, 0)) / (many - few), 1) for part in sorted(more)}
    return measured


def count_instructions(program, work, count):
    """By the part that they are in."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind"
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, work, str(count)],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"callgrind on {work} ended with {done.returncode}: {done.stderr[-1000:]}")
        return costs_by_part(out.read_text(encoding="utf-8", errors="replace"))


def costs_by_part(text):
    """Callgrind's format: `ob=(id) name` says the object file of the lines behind it; a line that begins with a number, `+`, `-` or `*` is a
    cost; what comes right behind `calls=` is that of the called function, which has lines of its own."""
    names, costs = {}, {}
    part, is_call = "other", False
    for line in text.splitlines():
        if line.startswith("ob="):
            number, name = re.match(r"ob=\((\d+)\)(?: (.*))?", line).groups()
            if name is not None:
                names[number] = name
            part = part_of(names[number])
        elif line.startswith("cob=") and (match := re.match(r"cob=\((\d+)\) (.*)", line)):
            names[match[1]] = match[2]
        elif line.startswith("calls="):
            is_call = True
        elif line and line[0] in "0123456789+-*":
            if not is_call:
                costs[part] = costs.get(part, 0) + int(line.split()[1])
            is_call = False
    return costs


def part_of(name):
    return next((part for word, part in PARTS if word in name), "other")


def print_table(measured):
    parts = ("azoth", "dialect", "program", "sqlite", "other")
    print(f"{'':20}" + "".join(f"{part:>9}" for part in (*parts, "all")))
    for work, costs in measured.items():
        print(f"{work:20}" + "".join(f"{costs.get(part, 0):9.0f}" for part in parts) + f"{sum(costs.values()):9.0f}")


if __name__ == "__main__":
    run(main)
