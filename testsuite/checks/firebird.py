"""A third party's dialect, from the outside: the framework is installed, dialects/firebird is built against what was installed and nothing
else, and the installed conformance suite passes on a database that the URL makes.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

from common import ROOT, run
from installed import Failed, run_steps, shell

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
    """The whole suite, in memory where there is room for files: Firebird writes each commit through to the disk."""
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else work) as folder:
        done = subprocess.run([str(work / "prefix/bin/azoth-conformance"), "--url", f"firebird:///{folder}/test.fdb?create=true"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, "FIREBIRD_LOCK": folder})
    said = done.stdout.splitlines()
    if done.returncode != 0 or not said or " 0 failed" not in said[-1] or said[-1].startswith("0 "):
        raise Failed(f"{said[-1] if said else done.stderr}\n" + "\n".join(line for line in said if line.startswith(("fail", "over"))))


if __name__ == "__main__":
    run(main)
