"""What the checks of an installed framework share: steps that build on each other in one scratch folder, commands that have to succeed, and
what the installed suite says of an area.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile

from common import ROOT

# The dialects of Azoth's own build: the other folders of dialects/ are projects of their own.
OURS = ("mysql", "postgresql", "sqlite")


class Failed(Exception):
    """Why, and below the first line details."""


class Skipped(Exception):
    """Why."""


def run_steps(report, *steps, stops_early=False):
    """step(work, build) for each (name, step), with a scratch folder for all and the build that --build names. `stops_early`: what comes
    behind a failure would say nothing."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    build = (ROOT / arguments.parse_args().build).resolve()
    with tempfile.TemporaryDirectory() as folder:
        for name, step in steps:
            try:
                step(pathlib.Path(folder), build)
                report.ok(name)
            except Skipped as why:
                report.skip(name, str(why))
            except Failed as failure:
                why, _, details = str(failure).partition("\n")
                report.fail(name, why, details)
                if stops_early:
                    break


def shell(words, cwd=None, **environment):
    """What a command says; Failed where it does not succeed."""
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=cwd,
                          env={**os.environ, **{name: str(value) for name, value in environment.items()}})
    if done.returncode != 0:
        raise Failed(f"`{' '.join(pathlib.Path(str(word)).name for word in words[:3])} …` ended with {done.returncode}\n"
                     + "\n".join((done.stdout + done.stderr).splitlines()[-30:]))
    return done.stdout


def require_pass(program, url, area):
    """That a suite's program passes all cases of an area, of which there are some."""
    last = shell([program, "--url", url, "--filter", area]).splitlines()[-1]
    if not last.endswith(" passed, 0 failed, 0 skipped") or last.startswith("0 "):
        raise Failed(f"{program.name} does not pass {area}\n{last}")
