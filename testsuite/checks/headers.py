"""Every public header compiles alone, included twice, with nothing but the parts its own part uses."""

from common import ROOT, compile_text, first_error, in_parallel, include_flags, parts, project_files, run


def main(report):
    uses = parts()
    headers = []
    for part in uses:
        top = f"framework/{part}/include/"
        headers += [(name[len(top):], include_flags([part, *uses[part]])) for name in project_files(".hpp", under=top)]
    top = "framework/include/"
    headers += [(name[len(top):], include_flags()) for name in project_files(".hpp", under=top)]
    top = "testsuite/conformance/include/"
    headers += [(name[len(top):], [*include_flags(), f"-I{ROOT / top}"]) for name in project_files(".hpp", under=top)]
    results = in_parallel(lambda header: compile_text(f"#include <{header[0]}>\n#include <{header[0]}>\n", header[1]), headers)
    for (name, _), (passes, messages) in zip(headers, results):
        if passes:
            report.ok(f"headers/{name}")
        else:
            report.fail(f"headers/{name}", first_error(messages))


if __name__ == "__main__":
    run(main)
