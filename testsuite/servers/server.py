"""What the servers of an instance have in common: a folder, a port, an account, a certificate, a process."""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

import processes

HOST = "127.0.0.1"
DATABASE = "azoth"
PASSWORD = "p@ss/w:rd%"  # every character that a URL must escape
PEOPLE = {"user": "azoth", "guest": "guest", "admin": "admin"}
PATIENCE = 60  # seconds until a server that starts must answer


class ServerError(Exception):
    """A server does not do what it is asked to. The text is for people."""


class Server:
    """One server. Not thread-safe, and it must be launched by a thread that lives as long as it: the process dies with that thread."""

    name = package = ""
    accounts = ()
    drivers = ()
    signals = {}  # by mode of stopping; `crash` is SIGKILL for all processes of the server
    last_signal = "KILL"

    def __init__(self, work, certificate):
        self.account = processes.Account(*self.accounts)
        self.certificates = work / "certificates"
        self.certificate = certificate
        self.folder = work / self.name
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.port = free_port()
        self.process = None
        self.folder.mkdir()
        self.account.own(self.folder, 0o755)

    # What each server tells for itself.
    @classmethod
    def missing(cls):
        """The programs that are not installed."""
        raise NotImplementedError

    def prepare_command(self):
        """The command that makes the data folder."""
        raise NotImplementedError

    def launch_command(self):
        raise NotImplementedError

    def write_settings(self):
        raise NotImplementedError

    def answers(self):
        """Whether it takes connections."""
        raise NotImplementedError

    def populate(self):
        """Makes users and the database."""
        raise NotImplementedError

    @staticmethod
    def client(told, user, password, database):
        """The client program for people by the unix socket: a command and its environment. `told` is what describe() tells."""
        raise NotImplementedError

    def socket(self):
        """The path of the unix socket, and what names it as a host in a URL."""
        raise NotImplementedError

    # Making and starting it.
    def prepare(self):
        """Starts to make the data folder; returns the process."""
        return self.spawn(self.prepare_command())

    def launch(self, pulse):
        """Starts it and waits until it answers. pulse() is called while waiting: it sleeps a moment, and may throw to end it all."""
        self.use_certificate()
        self.write_settings()
        self.process = self.spawn(self.launch_command())
        patience = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None:
                raise ServerError(f"{self.name} ended with code {self.process.returncode} while starting:\n{self.log_tail()}")
            if time.monotonic() > patience:
                raise ServerError(f"{self.name} does not answer after {PATIENCE} s:\n{self.log_tail()}")
            pulse()

    def first_launch(self, pulse):
        """Like launch, with another port where somebody was faster."""
        for attempt in range(5):
            try:
                self.launch(pulse)
                break
            except ServerError as error:
                if "Address already in use" not in str(error):
                    raise
                self.port = free_port()
        self.populate()

    def spawn(self, command):
        with open(self.log, "ab") as log:
            return subprocess.Popen(self.account.command(*command, last_signal=self.last_signal), stdin=subprocess.DEVNULL, stdout=log,
                                    stderr=log, cwd=self.folder, env=processes.environment(self.folder), start_new_session=True)

    def use_certificate(self):
        if self.certificate == "none":
            return
        for kind in ("pem", "key"):
            target = self.folder / f"server.{kind}"
            shutil.copyfile(self.certificates / f"{self.certificate}.{kind}", target)
            self.account.own(target, 0o600)

    def write(self, path, text):
        path.write_text(text)
        self.account.own(path, 0o644)

    def execute(self, sql, user, password):
        command, env = self.client(self.describe(), user, password, None)
        done = subprocess.run(command, input=sql, env={**os.environ, **env}, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise ServerError(f"{self.name} does not take its first statements: {done.stderr.strip()}")

    # Stopping it.
    def running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, mode, pulse, seconds=30):
        """Ends it and all its processes. One that does not end in time is killed."""
        if not self.running():
            return
        members = processes.kill_family(self.process.pid) if mode == "crash" else processes.family(self.process.pid)
        if mode != "crash":
            processes.send(self.process.pid, self.signals[mode])
        patience = time.monotonic() + seconds
        while self.running() or any(map(processes.alive, members)):
            if time.monotonic() > patience:
                members += processes.kill_family(self.process.pid) if self.running() else []
                for member in members:
                    processes.send(member, signal.SIGKILL)
            pulse()

    def clear(self):
        """Removes what a killed server leaves outside its folder."""

    def log_tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    # What others are told about it.
    def describe(self):
        file, _ = self.socket()
        return {
            "running": self.running(), "pid": self.process.pid if self.running() else None, "version": self.version(),
            "host": HOST, "port": self.port, "socket": str(file), "socket_folder": str(self.folder), "database": DATABASE,
            "user": PEOPLE["user"], "password": PASSWORD,
            "guest": {"user": PEOPLE["guest"], "password": PASSWORD}, "admin": {"user": PEOPLE["admin"], "password": PASSWORD},
            "certificate": self.certificate, "ca": str(self.certificates / "ca.pem"), "other_ca": str(self.certificates / "other-ca.pem"),
            "log": str(self.log), "urls": self.urls(HOST, self.port), "socket_urls": self.urls(*self.socket()[1])}

    def urls(self, host, port):
        who = f"{PEOPLE['user']}:{urllib.parse.quote(PASSWORD, safe='')}"
        where = urllib.parse.quote(host, safe="") + (f":{port}" if port else "")
        return [f"{driver}://{who}@{where}/{DATABASE}" for driver in self.drivers]


def free_port():
    """A port that nobody listens on. Below those that the system gives to clients: a server that restarts must find its port free, and a
    client that knocks at an ephemeral port meanwhile may even be connected to itself."""
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
                return port
            except OSError:
                continue


def find_program(*places):
    return next((place for place in places if os.access(place, os.X_OK)), None)
