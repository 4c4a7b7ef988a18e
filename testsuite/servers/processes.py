"""Processes of other users, their children, and what a process leaves behind."""

import os
import pathlib
import pwd
import shutil
import signal
import tempfile
import time

LONGEST_FOLDER = 60  # in bytes: a unix socket's path has 107, and the folder's own name and the socket's come behind this


class Account:
    """Who runs a server: where root starts it, the user that Debian's package made for it (PostgreSQL refuses root); else whoever calls."""

    def __init__(self, *names):
        self.entry = None
        if os.geteuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall()}
            self.entry = next(known[name] for name in (*names, "nobody") if name in known)

    def command(self, *words, last_signal="KILL"):
        """The command that runs words as this user; the process gets last_signal when the thread that starts it ends."""
        who = ["--reuid", str(self.entry.pw_uid), "--regid", str(self.entry.pw_gid), "--clear-groups"] if self.entry else []
        return ["setpriv", *who, "--pdeathsig", last_signal, "--", *map(str, words)]

    def own(self, path, mode):
        os.chmod(path, mode)
        if self.entry:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)


def work_folder():
    """A new folder which every user can reach: that of TMPDIR if it is short and open enough, else /tmp."""
    fits = [path for path in (tempfile.gettempdir(), "/tmp") if len(os.fsencode(path)) <= LONGEST_FOLDER and reachable(path)]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="azoth-servers.", dir=(fits or ["/tmp"])[0]))
    folder.chmod(0o755)
    return folder


def reachable(path):
    path = pathlib.Path(path).resolve()
    return os.geteuid() != 0 or all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def environment(folder):
    """For servers: nothing of the caller's settings."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": str(folder), "HOME": str(folder)}


def alive(pid):
    """Whether the process runs; one that has ended and was not yet collected by its parent does not."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def family(pid):
    """The process, its children and theirs."""
    children = {}
    for file in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(file.read_text().rpartition(")")[2].split()[1]), []).append(int(file.parent.name))
        except OSError:
            continue  # it ended meanwhile
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def kill_family(pid):
    """SIGKILL for all at once: stopped first, so that a parent cannot make new children or tidy up. Returns their ids."""
    send(pid, signal.SIGSTOP)
    members = family(pid)
    for member in members:
        send(member, signal.SIGKILL)
    return members


def send(pid, what):
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        pass


def users_of(folder):
    """Processes whose command line names something in the folder."""
    mark = f"{folder}/".encode()
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark in file.read_bytes() and int(file.parent.name) != os.getpid():
                found.append(int(file.parent.name))
        except OSError:
            continue
    return found


def remove(folder):
    """A server that is just ending may write a last file while its folder goes: so try again."""
    for attempt in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the folder {folder} could not be removed: see who writes to it, and remove it by hand")
