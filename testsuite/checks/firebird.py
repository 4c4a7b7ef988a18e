"""A third party's dialect, from the outside: the framework is installed, dialects/firebird is built against what was installed and nothing
else, and the installed conformance suite passes on a database that the URL makes, in the areas of which nothing is left to do.
"""

import os
import pathlib
import shutil
import subprocess

from common import ROOT, run
from installed import Failed, run_steps, shell

CLEAN_AREAS = ("connection", "rowcount")
HEADER = pathlib.Path("/usr/include/firebird/Interface.h")


def main(report):
    if not HEADER.exists() or not list(pathlib.Path("/usr/lib").glob("*/firebird/3.0/plugins/libEngine12.so")):
        return report.skip("firebird", "there is no Firebird: install firebird-dev and firebird3.0-server-core")
    run_steps(report, ("firebird/builds as a third party's", make), ("firebird/conformance", conformance), stops_early=True)


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


if __name__ == "__main__":
    run(main)
