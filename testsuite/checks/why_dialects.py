"""`azoth dialects --why` as people use it, on files that are spoilt in the commonest ways; testsuite/unit/plugin/why_test.cpp has all of them."""

import os
import pathlib
import struct
import tempfile

from the_command import AZOTH, azoth, expect

PLUGIN = AZOTH.parent.parent / "lib/azoth-dialect-sqlite-sqlite3.so"
MAJOR = 8 + 8 + 4  # of the version, behind the note's name, its magic and its size


def check(report):
    good = PLUGIN.read_bytes()
    told(report, "another dialect than its note says", good, "its factory made sqlite+sqlite3, and it is registered as why+file")
    told(report, "another machine", good[:18] + struct.pack("<H", 243) + good[20:], "another machine: riscv64", "install the plugin for")
    told(report, "an empty file", b"", "it is empty: install it again")
    told(report, "half a file", good[:len(good) // 2], "it is truncated", "install it again")
    told(report, "a text", b"#!/bin/sh\n" * 20, "it is not an ELF shared library")
    told(report, "an older interface", with_major(good, 1), "plugin-spi", "it was built for version 1.", "rebuild it")
    told(report, "a newer interface", with_major(good, 99), "plugin-spi", "install a newer libazoth")
    told(report, "one that others can write", good, "plugin-permissions", "chmod go-w", mode=0o666)
    told(report, "a client library that is missing", good.replace(b"libsqlite3.so.0", b"libsqlite9.so.0"), "plugin-load",
         "libsqlite9.so.0: cannot open shared object file", "install SQLite, which it needs (on Debian mostly the package libsqlite9-0)")
    not_found(report)


def told(report, name, content, *parts, mode=0o600):
    """The plugin under another dialect's name, so that a good one elsewhere takes no part."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "azoth-dialect-why-file.so"
        file.write_bytes(renamed(content))
        file.chmod(mode)
        expect(report, f"command/why: {name}", azoth("dialects", "--folder", folder, "--why", "why"), 1, *parts)


def renamed(content):
    at = content.find(b"AZOTH\0\0\0AZOTHDLC")
    if at < 0:
        return content
    fields = at + MAJOR + 4 + 192  # behind the version and the toolchain
    return content[:fields] + b"why".ljust(64, b"\0") + b"file".ljust(64, b"\0") + content[fields + 128:]


def with_major(content, major):
    at = content.find(b"AZOTH\0\0\0AZOTHDLC") + MAJOR
    return content[:at] + struct.pack("<H", major) + content[at + 2:]


def not_found(report):
    expect(report, "command/why: a name that nobody has", azoth("dialects", "--why", "postgers"), 1, '; did you mean "postgres', "beside libazoth")
    with tempfile.TemporaryDirectory() as folder:
        before = os.getcwd()
        os.chdir(folder)
        try:
            pathlib.Path("azoth-dialect-lead-pipe.so").write_bytes(b"")
            expect(report, "command/why: in a folder that is not searched", azoth("dialects", "--why", "lead"), 1,
                   "azoth-dialect-lead-pipe.so, in a folder that is not searched", "AZOTH_PLUGIN_PATH")
        finally:
            os.chdir(before)
        link = pathlib.Path(folder) / "azoth-dialect-why-file.so"
        link.symlink_to(f"{folder}/gone.so")
        expect(report, "command/why: a link that leads nowhere", azoth("dialects", "--folder", folder, "--why", "why"), 1,
               "gone.so: No such file or directory", "remove the link")
