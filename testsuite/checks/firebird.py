"""A third party's dialect, from the outside: the framework is installed, dialects/firebird is built against what was installed and nothing
else, and the installed conformance suite passes on a database that the URL makes, in the areas of which nothing is left to do.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile

from common import ROOT, run

CLEAN_AREAS = ("connection", "rowcount")
HEADER = pathlib.Path("/usr/include/firebird/Interface.h")


class Failed(Exception):
    pass


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    build = (ROOT / arguments.parse_args().build).resolve()
    if not HEADER.exists() or not list(pathlib.Path("/usr/lib").glob("*/firebird/3.0/plugins/libEngine12.so")):
        return report.skip("firebird", "there is no Firebird: install firebird-dev and firebird3.0-server-core")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for name, check in (("firebird/builds as a third party's", make), ("firebird/conformance", conformance)):
            try:
                check(work, build)
                report.ok(name)
            except Failed as failure:
                why, _, details = str(failure).partition("\n")
                report.fail(name, why, details)
                break


def make(work, build):
    shell(["cmake", "--install", build, "--prefix", work / "prefix"])
    shutil.copytree(ROOT / "dialects/firebird", work / "source")  # so that nothing of the tree around it can be reached
    shell(["cmake", "-S", work / "source", "-B", work / "made", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={work / 'prefix'}"])
    shell(["cmake", "--build", work / "made"])
    shell(["cmake", "--install", work / "made", "--prefix", work / "prefix"])


def conformance(work, _):
    for area in CLEAN_AREAS:
        done = subprocess.run([str(work / "prefix/bin/azoth-conformance"), "--url", f"firebird:///{work}/test.fdb?create=true", "--filter", area],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, "FIREBIRD_LOCK": str(work)})
        said = done.stdout.splitlines()
        if done.returncode != 0 or not said or " 0 failed" not in said[-1] or said[-1].startswith("0 "):
            raise Failed(f"{area}: {said[-1] if said else done.stderr}\n" + "\n".join(line for line in said if line.startswith(("fail", "over"))))


def shell(words):
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"`{' '.join(pathlib.Path(str(word)).name for word in words[:3])} …` ended with {done.returncode}\n"
                     + "\n".join((done.stdout + done.stderr).splitlines()[-30:]))


if __name__ == "__main__":
    run(main)
