"""Every ```cpp block of the documents compiles.

A block with `int main` is a program and compiles as it is. Any other block stands after framework/docs/snippets/prelude.hpp: inside a
function, or outside where its first line is `// at namespace scope`; its own includes go first. Blocks of one document that start with
`// continued` see the declarations of the block before them; what starts with `// at namespace scope, for the whole page` is seen by all blocks
behind it, which have their names to themselves. A block whose first line is `// not compiled` is skipped, and counted.
"""

import re

from common import ROOT, compile_many, compile_text, first_error, in_parallel, include_flags, precompiled, project_files, run

PRELUDE = "framework/docs/snippets/prelude.hpp"
OUTSIDE = "// at namespace scope"
FOR_ALL = f"{OUTSIDE}, for the whole page"


def main(report):
    blocks = []
    for name in project_files(".md"):
        blocks += [(name, *block) for block in code_blocks((ROOT / name).read_text())]
    wanted = []
    before = ""
    page, common = "", ""
    for name, line, language, code in blocks:
        if name != page:
            page, common = name, ""
        label = f"snippets/{name}:{line}"
        if language in ("c++", "cxx", "C++"):
            report.fail(label, f"mark the block ```cpp, not ```{language}: only those are compiled")
        elif language == "cpp" and code.lstrip().startswith("// not compiled"):
            report.skip(label, "marked `// not compiled`")
        elif language == "cpp":
            continued = code.lstrip().startswith("// continued")
            before = before + "\n" + code if continued else code
            if code.lstrip().startswith(FOR_ALL):
                common += code
                wanted.append((label, program(common)))
            else:
                wanted.append((label, program(before, common)))
    flags = [*include_flags(), f"-I{ROOT}", f"-I{ROOT / 'testsuite/conformance/include'}", "-Wno-unused-variable", "-Wno-unused-but-set-variable"]
    with precompiled(PRELUDE, flags) as first:
        with_prelude = [item for item in wanted if PRELUDE in item[1]]
        alone = [item for item in wanted if PRELUDE not in item[1]]
        results = [*compile_many([text for _, text in with_prelude], [*flags, *first]),
                   *in_parallel(lambda item: compile_text(item[1], flags), alone)]
    for (label, _), (passes, messages) in zip(with_prelude + alone, results):
        if passes:
            report.ok(label)
        else:
            report.fail(label, first_error(messages))


def code_blocks(text):
    """(line, language, code) of each fenced block; the line is the fence's."""
    for match in re.finditer(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 1, match[2].strip().split(" ")[0], match[3]


def program(code, common=""):
    """A block as a program, behind what its page has for all of its blocks."""
    if re.search(r"\bint main\(", code):
        return code
    hoisted = "".join(f"{line}\n" for line in (common + code).splitlines() if line.startswith("#include"))
    start = f'{hoisted}#include "{PRELUDE}"\n{without_includes(common)}'
    rest = without_includes(code)
    if rest.lstrip().startswith(OUTSIDE):
        return f'{start}#line 1 "snippet"\n{rest}'
    return f'{start}void snippet();\nvoid snippet() {{\n#line 1 "snippet"\n{rest}\n}}\n'


def without_includes(code):
    return "".join("\n" if line.startswith("#include") else f"{line}\n" for line in code.splitlines())


if __name__ == "__main__":
    run(main)
