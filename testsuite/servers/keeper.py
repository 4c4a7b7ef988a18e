"""The process that starts the servers, keeps them, and ends and removes them: when it is asked to, at a signal, when the process that
owns them has ended in whatever way, and when the state folder has gone. The servers are its children, and the system ends them where the keeper itself is killed.

`keeper.py STATE_FOLDER REPORT STARTER OWNER CERTIFICATE SERVER...`: tells the outcome of starting on the file descriptor REPORT; until then
it ends with the process STARTER, after it with the process OWNER (0: no owner).
"""

import json
import os
import pathlib
import select
import signal
import socket
import sys
import time
import traceback

import certificates
import instance
import processes
from mariadb import MariaDB
from postgresql import PostgreSQL
from server import ServerError

SERVERS = {kind.name: kind for kind in (PostgreSQL, MariaDB)}


class Ended(Exception):
    """It is time to go."""


class Keeper:
    def __init__(self, state_folder, starter, certificate):
        self.state_folder = state_folder
        self.certificate = certificate
        self.servers = {}
        self.preparing = []
        self.owner = os.pidfd_open(starter)
        self.work = processes.work_folder()
        self.line = socket.socket(socket.AF_UNIX)

    def begin(self, names):
        self.save()  # at once, so that the folder is found where the keeper is killed
        (self.work / "certificates").mkdir()
        certificates.make(self.work / "certificates")
        self.line.bind(str(self.work / "control"))
        self.line.listen()
        self.add(names, self.certificate)

    def add(self, names, certificate):
        """Makes and starts those servers that are not there, together; starts those that were stopped."""
        new = {name: SERVERS[name](self.work, certificate or self.certificate) for name in names if name not in self.servers}
        self.servers.update(new)
        try:
            self.make(new.values())
        except ServerError:
            for name in new:
                self.discard(name)
            raise
        for name in names:
            if not self.servers[name].running():
                self.servers[name].certificate = certificate or self.servers[name].certificate
                self.servers[name].launch(self.pulse)
        self.save()

    def make(self, new):
        self.preparing = [server.prepare() for server in new]
        while any(process.poll() is None for process in self.preparing):
            self.pulse()
        for server, process in zip(new, self.preparing):
            if process.returncode != 0:
                raise ServerError(f"the data folder of {server.name} was not made, code {process.returncode}:\n{server.log_tail()}")
        self.preparing = []
        for server in new:
            server.first_launch(self.pulse)

    def discard(self, name):
        server = self.servers.pop(name)
        server.stop("immediate", self.pulse, seconds=5)
        server.clear()
        processes.remove(server.folder)

    def save(self):
        told = {name: server.describe() for name, server in sorted(self.servers.items(), reverse=True)}
        instance.write_state(self.state_folder, {"format": 1, "keeper": os.getpid(), "folder": str(self.work), "servers": told})

    def belong_to(self, owner):
        os.close(self.owner)
        self.owner = os.pidfd_open(owner) if owner else None

    def pulse(self):
        """A short sleep; throws Ended where the owner has ended."""
        if self.owner is None:
            time.sleep(0.02)
        elif select.select([self.owner], [], [], 0.02)[0]:
            raise Ended

    def serve(self):
        """Answers requests, one at a time, until it is time to go; the request to stop is answered when all has gone."""
        while True:
            watched = [self.line] + ([self.owner] if self.owner is not None else [])
            ready = select.select(watched, [], [], 1)[0]
            if self.owner in ready or not self.known():
                raise Ended
            if not ready:
                continue
            asker = self.line.accept()[0]
            asker.settimeout(10)
            try:
                request = json.loads(asker.makefile().readline() or "{}")
                if request.get("do") == "stop":
                    return asker
                self.reply(asker, self.answer(request))
            except (OSError, ValueError):
                pass  # whoever asked has gone or sent nonsense
            asker.close()

    def answer(self, request):
        try:
            self.follow(**{key: value for key, value in request.items() if value is not None})
            return {"ok": True}
        except (ServerError, RuntimeError) as error:
            return {"ok": False, "error": str(error)}
        except (KeyError, TypeError) as error:
            return {"ok": False, "error": f"no such request or server: {error}"}
        finally:
            self.save()

    def follow(self, do, servers=(), mode="fast", certificate=None):
        if do in ("halt", "restart"):
            for name in servers:
                self.servers[name].stop(mode, self.pulse)
        if do in ("start", "restart"):
            self.add(servers, certificate)

    def known(self):
        """Whether servers.json is still there and speaks of us: otherwise nobody could ever stop us."""
        try:
            state = instance.read_state(self.state_folder)
        except ValueError:
            return False
        return state is not None and state["keeper"] == os.getpid()

    @staticmethod
    def reply(asker, answer):
        asker.sendall(json.dumps(answer).encode() + b"\n")

    def end(self):
        """Nothing is kept, so nothing ends gently."""
        for process in self.preparing:
            if process.poll() is None:
                processes.kill_family(process.pid)
                process.wait()
        for server in self.servers.values():
            server.stop("immediate", lambda: time.sleep(0.01), seconds=5)
            server.clear()
        self.line.close()
        processes.remove(self.work)
        if self.known():
            instance.remove_state(self.state_folder)


def end_at_signals():
    def end(*_):
        raise Ended

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)


def ignore_signals():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def main(state_folder, report, starter, owner, certificate, *names):
    end_at_signals()
    try:
        keeper = Keeper(pathlib.Path(state_folder), int(starter), certificate)
    except (OSError, Ended) as error:
        instance.remove_state(pathlib.Path(state_folder))
        tell(int(report), error)
        return
    asker = failure = None
    try:
        log = os.open(keeper.work / "keeper.log", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        keeper.begin(names)
        keeper.belong_to(int(owner))
        tell(int(report), None)
        asker = keeper.serve()
    except Ended:
        failure = "the process that wanted the servers has ended"
    except Exception as error:
        failure = str(error) if isinstance(error, ServerError) else traceback.format_exc()
    ignore_signals()
    keeper.end()
    if asker:
        keeper.reply(asker, {"ok": True})
    tell(int(report), failure)


def tell(report, failure):
    """Once; later calls say nothing to nobody."""
    try:
        os.write(report, json.dumps({"ok": failure is None, "error": str(failure)}).encode() + b"\n")
        os.close(report)
    except OSError:
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
