"""Runs every fuzzer for a million inputs, from the seeds in testsuite/fuzz/seeds/<name> and what earlier runs found in the build tree."""

import argparse
import os
import pathlib
import subprocess
import time

from common import ROOT, in_parallel, project_files, run

RUNS = 1_000_000


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    arguments.add_argument("--runs", type=int, default=RUNS)
    options = arguments.parse_args()
    names = [pathlib.Path(name).stem for name in project_files("_fuzz.cpp", under="testsuite/fuzz/")]
    for name, problem, details in in_parallel(lambda name: fuzz(name, (ROOT / options.build).resolve(), options.runs), names):
        if problem:
            report.fail(f"fuzz/{name}", problem, details)
        else:
            report.ok(f"fuzz/{name}")
            print(f"  {details}")


def fuzz(name, build, runs):
    corpus, found = build / "corpus" / name, build / "findings" / name
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    seeds = ROOT / "testsuite/fuzz/seeds" / name.removesuffix("_fuzz")
    command = [build / "bin" / name, corpus, *([seeds] if seeds.is_dir() else []), f"-runs={runs}", "-max_len=4096", "-timeout=10",
               f"-artifact_prefix={found}/", "-print_final_stats=1"]
    # Every stack of an allocation is kept for good, and those of deep trees are endless in number: their ends are enough.
    asan = "detect_odr_violation=1:malloc_context_size=6"
    began = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", env={**os.environ, "ASAN_OPTIONS": asan})
    said = done.stderr.splitlines()
    if done.returncode != 0:
        return name, f"exit code {done.returncode}; the input is in {found.relative_to(build.parent.parent) if build.is_relative_to(ROOT) else found}", "\n".join(said[-40:])
    inputs = next((line.split()[-1] for line in said if "number_of_executed_units" in line), "0")
    if int(inputs) < runs:
        return name, f"it ran {inputs} inputs of {runs}", "\n".join(said[-10:])
    return name, None, f"{name}: {inputs} inputs, {time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    run(main)
