"""`style.py format`: every source is as clang-format leaves it. `style.py tidy [--all]`: clang-tidy finds nothing in the files changed
since the branch left main (on main: since the commit before), or in all files.
"""

import argparse
import functools
import re
import subprocess

from common import CPP, ROOT, in_parallel, include_flags, parts, project_files, run

# What `azoth new-dialect` writes has words in it that are no C++ yet; its own check compiles it.
TEMPLATES = "tools/azoth/templates/"
MOST_FILES = 16  # of a run without --all: about 10 s each
TIMEOUT = 120
PEERS = "testsuite/benchmarks/peers/"


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("what", choices=("format", "tidy"))
    arguments.add_argument("--all", action="store_true")
    options = arguments.parse_args()
    if options.what == "format":
        check_format(report)
    else:
        check_tidy(report, options.all)


def sources():
    return [name for name in project_files(*CPP) if not name.startswith(TEMPLATES)]


def check_format(report):
    names = sources()
    done = subprocess.run(["clang-format", "--dry-run", "--ferror-limit=1", *names], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"clang-format ended with {done.returncode}: {done.stderr}")
    bad = [line for line in done.stderr.splitlines() if "[-Wclang-format-violations]" in line]
    report.verdict("style/format", [f"{line.split(': ')[0]}: run clang-format -i on it" for line in bad])


def check_tidy(report, everything):
    names = sources()
    if not everything:
        changed, since = changed_files()
        if changed is None:
            report.skip("style/tidy", since)
            return
        names = [name for name in names if name in changed]
    # Must-fail programs are wrong on purpose.
    names = [name for name in names if not name.startswith("testsuite/must_fail/")]
    absent = [name for name in names if name.startswith(PEERS) and name.endswith(".cpp") and not is_compiled(name)]
    if absent:
        report.skip("style/tidy, peers", f"{len(absent)} sources of {PEERS} are built by tools/bench --peers alone")
        names = [name for name in names if name not in absent]
    if not names:
        report.skip("style/tidy", "no source has changed")
        return
    if not everything and len(names) > MOST_FILES:
        report.skip("style/tidy, the rest", f"{len(names) - MOST_FILES} of {len(names)} changed files: more than {MOST_FILES} take too long; "
                                            "tools/test --long checks all")
        names = sorted(names, key=lambda name: (not name.endswith(".cpp"), name))[:MOST_FILES]
    for name, why, details in in_parallel(tidy, names):
        if why:
            report.fail(f"style/tidy {name}", why, details)
        else:
            report.ok(f"style/tidy {name}")


def changed_files():
    """Changed files, or None and why that cannot be told."""
    for base in ("origin/main", "main"):
        fork = git("merge-base", "HEAD", base)
        if fork and fork != git("rev-parse", "HEAD"):
            break
    else:
        fork = git("rev-parse", "--verify", "--quiet", "HEAD~1")
    if not fork:
        return None, "no earlier commit to compare with"
    changed = set((git("diff", "--name-only", fork) or "").splitlines())
    return changed | set((git("ls-files", "-o", "--exclude-standard") or "").splitlines()), fork


def git(*words):
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


@functools.cache
def compile_commands():
    return (ROOT / "build/release/compile_commands.json").read_text()


def is_compiled(name):
    return str(ROOT / name) in compile_commands()


@functools.cache
def client_libraries():
    """Where the client libraries' headers are, as the release build found them."""
    return sorted(set(re.findall(r"-isystem (/[^ \"]+)", compile_commands())))


def tidy(name):
    """(name, problem or None, details). Flags are our own: compile commands of g++ name its precompiled headers."""
    folders = [f"-I{ROOT / 'framework' / part / 'src'}" for part in parts() if f"/{part}/" in name]
    if "/conformance/" in name:
        folders += [f"-I{ROOT / folder}" for folder in ("testsuite/conformance/include", "testsuite/conformance/src", "dialects/sqlite")]
    if "/unit/command/" in name:
        folders.append(f"-I{ROOT / 'tools/azoth'}")
    if name.startswith(PEERS):
        folders.append('-DAZOTH_PEER_SCRIPT=""')
    if name.startswith("dialects/"):
        folders.append(f"-I{ROOT / 'dialects' / name.split('/')[1]}")
    if name.startswith(("dialects/", "testsuite/benchmarks/")):
        folders += [f"-isystem{folder}" for folder in client_libraries()]
    flags = ["-xc++", "-std=c++20", *include_flags(), *folders, f"-I{(ROOT / name).parent}", f"-I{ROOT / 'testsuite'}",
             '-DAZOTH_SOURCE_DIR=""', '-DAZOTH_BUILD_DIR=""', '-DAZOTH_PLUGIN_SUBFOLDER=""',
             '-DAZOTH_VERSION=""']
    try:
        done = subprocess.run(["clang-tidy", "--quiet", name, "--", *flags], cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return name, f"clang-tidy took more than {TIMEOUT} s", ""
    found = [line.replace(f"{ROOT}/", "") for line in done.stdout.splitlines() if " error: " in line or " warning: " in line]
    if found or done.returncode != 0:
        return name, f"{len(found)} findings", "\n".join(found) or done.stderr
    return name, None, ""


if __name__ == "__main__":
    run(main)
