"""An instance of the test servers, seen from outside: its state folder, its keeper, and what is left of one whose keeper was killed.

The state folder holds `servers.json` alone. Data, sockets, certificates and the keeper's control socket are in a temporary folder that
`servers.json` names: the state folder may lie where the servers' users cannot go, and its path may be too long for a unix socket.
"""

import contextlib
import fcntl
import json
import os
import pathlib
import socket

import processes

ROOT = pathlib.Path(__file__).resolve().parents[2]


def state_folder():
    return pathlib.Path(os.environ.get("AZOTH_SERVERS") or ROOT / "build/servers").absolute()


def read_state(folder):
    """The instance as `servers.json` tells it, or None."""
    try:
        return json.loads((folder / "servers.json").read_text())
    except FileNotFoundError:
        return None


def write_state(folder, state):
    """At once: who reads it never sees half of it."""
    draft = folder / ".servers.json"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        json.dump(state, stream, indent=1)
        stream.write("\n")
    draft.rename(folder / "servers.json")


def remove_state(folder):
    """The folder too, unless other things are in it."""
    for name in ("servers.json", ".servers.json"):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


@contextlib.contextmanager
def locked(folder):
    """One start or stop at a time. The lock is the folder itself, which a stop removes: then it is made and locked anew."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.exists() and folder.stat().st_ino == os.fstat(handle).st_ino:
                yield
                return
        finally:
            os.close(handle)


def ask(state, request):
    """The keeper's answer, or None where no keeper answers: then it has been killed, or has just ended."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(pathlib.Path(state["folder"]) / "control"))
            line.sendall(json.dumps(request).encode() + b"\n")
            answer = line.makefile().readline()
        except (FileNotFoundError, ConnectionError):
            return None
    return json.loads(answer) if answer else None


def running(folder):
    """The state of the instance if its keeper answers, else None."""
    state = read_state(folder)
    return state if state and ask(state, {"do": "status"}) else None


def clear_remains(folder):
    """Ends and removes what a killed keeper left. Its servers have ended with it, all but perhaps."""
    state = read_state(folder)
    if state is None:
        return
    for pid in processes.users_of(state["folder"]):
        processes.kill_family(pid)
    processes.remove(state["folder"])
    remove_state(folder)
