"""How long the README's first program, twenty queries and each source of the examples take to compile at -O0, and how much memory: the median
of three."""

import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "checks"))
from common import ROOT, include_flags  # noqa: E402

ROUNDS = 3


def main():
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "readme.cpp"
        blocks = re.findall(r"^```cpp\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
        program.write_text(next(block for block in blocks if "int main(" in block))
        sources = [program, ROOT / "testsuite/benchmarks/twenty_queries.cpp"]
        for example in ("package_catalogue", "package_objects", "shop"):
            sources += sorted((ROOT / "framework/examples" / example).glob("*.cpp"))
        for source in sources:
            times = [compile_once(source, folder) for _ in range(ROUNDS)]
            name = "README.md, the first program" if source == program else source.relative_to(ROOT)
            print(f"{str(name):58} {statistics.median(times):6.2f} s   ({min(times):.2f} to {max(times):.2f})", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'largest memory of a compiler':58} {peak:6.0f} MiB")


def compile_once(source, folder):
    began = time.monotonic()
    subprocess.run(["g++", "-std=c++20", "-O0", *include_flags(), "-c", str(source), "-o", f"{folder}/out.o"], check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
