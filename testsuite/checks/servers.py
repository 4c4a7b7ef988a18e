"""The test servers keep what tools/servers promises: they start and answer with TLS, a client that verifies refuses a wrong certificate,
what is committed survives a crash, and nothing is left behind, however they end."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from common import ROOT, run

sys.path.insert(0, str(ROOT / "testsuite/servers"))
import instance  # noqa: E402
import processes  # noqa: E402

TOOL = ROOT / "tools/servers"
BOTH = ("postgresql", "mariadb")
QUICK = 20  # seconds for a start, also on a busy machine
GONE = 15  # seconds until nothing is left


class Wrong(Exception):
    pass


class Instance:
    """One with a state folder of its own. It notes the processes it sees, to tell whether they are gone."""

    def __init__(self, folder):
        self.state_folder = pathlib.Path(folder)
        self.work = None
        self.seen = set()

    def tool(self, *words, code=0, **more):
        done = subprocess.run([TOOL, *words], env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, **more)
        if code is not None and done.returncode != code:
            raise Wrong(f"tools/servers {' '.join(words)} ended with {done.returncode}, not {code}: {done.stdout}{done.stderr}")
        self.note()
        return done

    def environment(self):
        return {**os.environ, "AZOTH_SERVERS": str(self.state_folder)}

    def note(self):
        state = instance.read_state(self.state_folder)
        if state:
            self.work = pathlib.Path(state["folder"])
            for pid in [state["keeper"], *(told["pid"] for told in state["servers"].values() if told["pid"])]:
                self.seen.update(processes.family(pid))
        return state

    def server(self, name):
        return self.note()["servers"][name]

    def sql(self, name, text, user="azoth"):
        """What the server answers, by the unix socket."""
        words = {"postgresql": ["-Atc"], "mariadb": ["-Ne"]}[name]
        return self.tool("shell", "--user", user, name, *words, text).stdout.strip()

    def verified(self, name, host="127.0.0.1", check="verify-full"):
        """Connects by TCP, holding the server's certificate against the CA and the host's name. Returns the error, or nothing."""
        told = self.server(name)
        if name == "postgresql":
            command = ["psql", "-X", f"host={host} port={told['port']} user={told['user']} dbname={told['database']} sslmode={check} sslrootcert={told['ca']}",
                       "-Atc", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"]
        else:
            command = ["mariadb", "--no-defaults", f"--host={host}", "--protocol=tcp", f"--port={told['port']}", f"--user={told['user']}",
                       f"--ssl-ca={told['ca']}", "--ssl-verify-server-cert", "-Ne", "SHOW STATUS LIKE 'Ssl_cipher'"]
        env = {**os.environ, "PGPASSWORD": told["password"], "MYSQL_PWD": told["password"]}
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        encrypted = "TLS" in done.stdout or done.stdout.strip() == "t"
        return "" if done.returncode == 0 and encrypted else done.stderr.strip() or f"no TLS: {done.stdout}"

    def await_end(self):
        """Every process that was seen has ended, and both folders have gone."""
        patience = time.monotonic() + GONE
        while left := self.left():
            if time.monotonic() > patience:
                raise Wrong(f"after {GONE} s there is still {', '.join(left)}")
            time.sleep(0.05)

    def left(self):
        folders = [str(folder) for folder in (self.work, self.state_folder) if folder and folder.exists()]
        return folders + [f"process {pid}" for pid in sorted(self.seen) if processes.alive(pid)]


def main(report):
    folder = processes.work_folder()  # nobody must be able to go there
    try:
        for number, (name, case) in enumerate(CASES.items()):
            one = Instance(f"{folder}/{number}")
            try:
                why = case(one)
                report.skip(f"servers/{name}", why) if why else report.ok(f"servers/{name}")
            except (Wrong, OSError, RuntimeError, subprocess.SubprocessError) as error:
                report.fail(f"servers/{name}", str(error).splitlines()[0], str(error))
            finally:
                with contextlib.suppress(Wrong):
                    one.tool("stop", code=None)
    finally:
        processes.remove(folder)


def start_and_stop(one):
    began = time.monotonic()
    one.tool("start")
    took = time.monotonic() - began
    expect(took < QUICK, f"the start took {took:.1f} s, more than {QUICK}")
    expect("already run" in one.tool("start").stdout, "a second start does not tell that they run")
    urls = one.tool("urls").stdout.split()
    expect([url.partition(":")[0] for url in urls] == ["postgresql+libpqxx", "mysql+connector", "mariadb+libmariadb"], f"the URLs are {urls}")
    expect(len(one.tool("urls", "--sockets").stdout.split()) == len(urls), "there are not as many URLs by sockets")
    one.tool("stop")
    one.await_end()
    one.tool("stop")
    one.tool("urls", code=4)
    one.tool("start", "oracle", code=2)


def users(one):
    one.tool("start")
    for name in BOTH:
        one.sql(name, "CREATE TABLE mine(n INT); INSERT INTO mine VALUES (1)")
        for text in ("SELECT n FROM azoth.mine" if name == "mariadb" else "SELECT n FROM mine", "CREATE TABLE azoth.other(n INT)"):
            expect(one.tool("shell", "--user", "guest", name, "-c" if name == "postgresql" else "-e", text, code=None).returncode != 0,
                   f"guest may do on {name}: {text}")
    one.sql("mariadb", "CREATE DATABASE azoth_2; DROP DATABASE azoth_2; XA RECOVER")
    expect(one.sql("postgresql", "SHOW max_prepared_transactions") == "64", "max_prepared_transactions is not 64")


def certificates(one):
    one.tool("start")
    for name in BOTH:
        for host in ("127.0.0.1", "localhost"):
            said = one.verified(name, host)
            expect(not said, f"{name} at {host}, a good certificate: {said}")
        for kind in ("wrong-host", "expired", "none"):
            one.tool("restart", name, "--certificate", kind)
            expect(one.verified(name), f"a client that verifies accepts {name} with the certificate {kind}")
        one.tool("restart", name, "--certificate", "wrong-host")
        said = one.verified(name, check="verify-ca") if name == "postgresql" else ""
        expect(not said, f"{name}, a certificate of another host, with verify-ca: {said}")
        one.tool("restart", name, "--certificate", "good")
        expect(not one.verified(name), f"{name} has no good certificate again: {one.verified(name)}")


def restarts(one):
    one.tool("start")
    for name in BOTH:
        port = one.server(name)["port"]
        one.sql(name, "CREATE TABLE kept(n INT)")
        for number, mode in enumerate(("fast", "immediate", "crash"), 1):
            before = one.server(name)["pid"]
            one.sql(name, f"INSERT INTO kept VALUES ({number})")
            one.tool("restart", name, "--mode", mode)
            expect(one.server(name)["pid"] != before and one.server(name)["port"] == port, f"{name} did not restart at its port, {mode}")
            expect(one.sql(name, "SELECT COUNT(*) FROM kept") == str(number), f"{name} lost a committed row, {mode}")
        one.tool("stop", name, "--mode", "crash")
        one.tool("shell", name, code=4)
        one.tool("start")
        expect(one.sql(name, "SELECT COUNT(*) FROM kept") == "3", f"{name} has not its data after stop and start")


def two_at_once(one):
    other = Instance(f"{one.state_folder}-other")
    starts = [subprocess.Popen([TOOL, "start"], env=two.environment(), stdout=subprocess.DEVNULL) for two in (one, other)]
    expect([process.wait() for process in starts] == [0, 0], "one of them did not start")
    ports = {two.server(name)["port"] for two in (one, other) for name in BOTH}
    expect(len(ports) == 4, f"they share ports: {ports}")
    one.tool("stop")
    one.await_end()
    expect(not other.verified("postgresql") and not other.verified("mariadb"), "the end of one has hurt the other")
    other.tool("stop")
    other.await_end()


def owner_killed(one):
    with sleeper() as owner:
        one.tool("start", "--owner", str(owner.pid))
        owner.kill()
        owner.wait()
        one.await_end()


def start_killed(one):
    for delay in (0.1, 0.3, 0.6):
        starter = subprocess.Popen([TOOL, "start"], env=one.environment(), stdout=subprocess.DEVNULL)
        time.sleep(delay)
        one.note()
        if starter.poll() is None:
            starter.kill()
            starter.wait()
            with contextlib.suppress(OSError):  # where it died before there was a keeper, it leaves an empty folder
                one.state_folder.rmdir()
            one.await_end()
        else:
            one.tool("stop")


def keeper_ended(one):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        one.tool("start", "postgresql")
        os.kill(one.note()["keeper"], number)
        one.await_end()


def keeper_killed(one):
    one.tool("start")
    keeper, first = one.note()["keeper"], one.work
    processes.send(keeper, signal.SIGKILL)
    patience = time.monotonic() + GONE
    while any(map(processes.alive, one.seen)):
        expect(time.monotonic() < patience, "its servers run on")
        time.sleep(0.05)
    one.tool("status", code=4)
    one.tool("start")
    expect(not first.exists(), f"the next start has not removed {first}")
    expect(not one.verified("postgresql") and not one.verified("mariadb"), "the next start is no good")


def state_removed(one):
    one.tool("start", "mariadb")
    shutil.rmtree(one.state_folder)
    one.await_end()


def command(one):
    script = 'echo "$AZOTH_SERVERS $AZOTH_TEST_URLS"; tools/servers status >/dev/null && exit 7'
    done = subprocess.run([TOOL, "run", "--", "sh", "-c", script], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    expect(done.returncode == 7, f"the command's exit code 7 came as {done.returncode}: {done.stderr}")
    words = done.stdout.split()
    expect(len(words) == 4 and not os.path.exists(words[0]), f"it saw {words}")
    one.tool("run", "--only", "mariadb", "/nowhere/program", code=127)
    one.tool("run", code=2)


def command_killed(one):
    for number, code in ((signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)):
        runner = subprocess.Popen([TOOL, "run", "--only", "postgresql", "--", "sh", "-c", 'echo "$AZOTH_SERVERS"; exec sleep 60'],
                                  stdout=subprocess.PIPE, text=True)
        inner = Instance(runner.stdout.readline().strip())
        inner.note()
        children = processes.family(runner.pid)[1:]
        runner.send_signal(number)
        runner.stdout.close()
        expect(runner.wait() == code, f"after {number.name} it ended with {runner.returncode}")
        inner.await_end()
        for child in children:
            processes.send(child, signal.SIGKILL)


def ordinary_user(one):
    if os.geteuid() != 0:
        return "this run is one by an ordinary user"
    drop = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"]
    if subprocess.run([*drop, "test", "-r", ROOT / "testsuite/servers/servers.py"]).returncode != 0:
        return "other users cannot read the source tree"
    one.state_folder.mkdir()
    os.chown(one.state_folder, 65534, 65534)
    env = {**one.environment(), "TMPDIR": "/tmp"}
    for words in (["start"], ["restart", "--mode", "crash"], ["urls"]):
        done = subprocess.run([*drop, TOOL, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        expect(done.returncode == 0, f"tools/servers {words[0]} as nobody: {done.stderr}")
    expect(not one.verified("postgresql") and not one.verified("mariadb"), "the servers of nobody are no good")
    subprocess.run([*drop, TOOL, "stop"], env=env, check=True, capture_output=True)
    expect(not one.work.exists(), f"{one.work} is left")


CASES = {
    "start and stop": start_and_stop, "users and rights": users, "certificates": certificates, "restarts": restarts,
    "two instances at once": two_at_once, "the owner is killed": owner_killed, "the start is killed": start_killed,
    "the keeper gets a signal": keeper_ended, "the keeper is killed": keeper_killed, "the state folder is removed": state_removed,
    "a command": command, "a command is killed": command_killed, "as an ordinary user": ordinary_user}


@contextlib.contextmanager
def sleeper():
    process = subprocess.Popen(["sleep", "300"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def expect(holds, why):
    if not holds:
        raise Wrong(why)


if __name__ == "__main__":
    run(main)
