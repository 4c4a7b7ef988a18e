"""The command line of the test servers: tools/servers."""

import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import certificates
import instance
from keeper import SERVERS

FAILED, MISUSED, NOT_INSTALLED, NOT_RUNNING = 1, 2, 3, 4
MODES = ("fast", "immediate", "crash")
HERE = pathlib.Path(__file__).resolve().parent


class Failure(Exception):
    def __init__(self, text, code=FAILED):
        super().__init__(text)
        self.code = code


# The commands.
def start(options):
    folder = instance.state_folder()
    names = options.servers or list(SERVERS)
    if options.owner and not pathlib.Path(f"/proc/{options.owner}").exists():
        raise Failure(f"--owner {options.owner}: there is no such process", MISUSED)
    with instance.locked(folder):
        state = instance.running(folder)
        if state and all(state["servers"].get(name, {}).get("running") for name in names):
            print(f"{' and '.join(names)} already run: {folder / 'servers.json'}")
            return 0
        check_installed(names)
        if state:
            demand(state, {"do": "start", "servers": names, "certificate": options.certificate})
        else:
            instance.clear_remains(folder)
            begin(folder, names, options.owner, options.certificate)
    state = instance.read_state(folder)
    for name in names:
        told = state["servers"][name]
        print(f"{name} {told['version']}: {told['host']}:{told['port']}, {told['socket']}")
    print(f"state: {folder / 'servers.json'}")
    return 0


def begin(folder, names, owner, certificate):
    """Starts a keeper, in a session of its own: signals from the terminal do not reach it."""
    folder.mkdir(parents=True, exist_ok=True)
    reader, writer = os.pipe()
    command = [sys.executable, HERE / "keeper.py", folder, writer, os.getpid(), owner, certificate or "good", *names]
    subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[writer],
                     start_new_session=True)
    os.close(writer)
    with open(reader) as report:
        told = json.loads(report.readline() or '{"ok": false, "error": "the keeper of the servers was killed"}')
    if not told["ok"]:
        instance.clear_remains(folder)
        instance.remove_state(folder)
        raise Failure(f"the servers do not start: {told['error']}")


def stop(options):
    folder = instance.state_folder()
    if not folder.exists():
        print("no test servers run")
        return 0
    with instance.locked(folder):
        state = instance.read_state(folder)
        if options.servers and state:
            demand(state, {"do": "halt", "servers": known(state, options.servers), "mode": options.mode})
            print(f"stopped {' and '.join(options.servers)}; tools/servers start brings the same back")
            return 0
        told = finish(folder)
    print("stopped, and removed" if told else "removed what was left of killed servers" if state else "no test servers run")
    return 0


def finish(folder):
    """Ends the instance; whether its keeper was there to do it."""
    state = instance.read_state(folder)
    told = state and instance.ask(state, {"do": "stop"})
    instance.clear_remains(folder)
    instance.remove_state(folder)
    return told


def restart(options):
    state = current()
    names = known(state, options.servers or list(state["servers"]))
    demand(state, {"do": "restart", "servers": names, "mode": options.mode, "certificate": options.certificate})
    print(f"restarted {' and '.join(names)}")
    return 0


def status(options):
    state = current()
    if options.json:
        print(json.dumps(state, indent=1))
        return 0
    print(f"state: {instance.state_folder() / 'servers.json'}")
    print(f"folder: {state['folder']}, kept by process {state['keeper']}")
    for name, told in state["servers"].items():
        running = f"process {told['pid']}" if told["running"] else "stopped"
        print(f"{name} {told['version']}: {running}, {told['host']}:{told['port']}, {told['socket']}, TLS certificate: {told['certificate']}")
    return 0


def urls(options):
    print("\n".join(urls_of(current(), "socket_urls" if options.sockets else "urls")))
    return 0


def shell(options):
    state = current()
    known(state, [options.server])
    told = state["servers"][options.server]
    if not told["running"]:
        raise Failure(f"{options.server} is stopped: tools/servers start {options.server}", NOT_RUNNING)
    database = told["database"] if options.server == "postgresql" or options.user != "guest" else None  # which guest may not open
    command, env = SERVERS[options.server].client(told, options.user, told["password"], database)
    os.execvpe(command[0], [*command, *options.words], {**os.environ, **env})


def run(options):
    """The command has an instance of its own; it ends with this process, in whatever way that ends."""
    words = options.words[1:] if options.words[:1] == ["--"] else options.words
    if not words:
        raise Failure("tools/servers run: name the command, as in tools/servers run -- COMMAND", MISUSED)
    check_installed(options.only or list(SERVERS))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="azoth-state."))
    begin(folder, options.only or list(SERVERS), os.getpid(), options.certificate)
    try:
        return run_command(words, {"AZOTH_SERVERS": str(folder), "AZOTH_TEST_URLS": " ".join(urls_of(instance.read_state(folder), "urls"))})
    finally:
        finish(folder)


def run_command(words, env):
    """Its exit code. Signals go on to it; those of a terminal it has got by itself."""
    try:
        process = subprocess.Popen(words, env={**os.environ, **env})
    except OSError as error:
        raise Failure(f"tools/servers run: {words[0]}: {error.strerror}", 127 if isinstance(error, FileNotFoundError) else 126) from None
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: process.send_signal(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = process.wait()
    return code if code >= 0 else 128 - code


# What they share.
def current():
    folder = instance.state_folder()
    state = instance.running(folder)
    if not state:
        raise Failure(f"no test servers run ({folder}): tools/servers start", NOT_RUNNING)
    return instance.read_state(folder)


def known(state, names):
    for name in names:
        if name not in state["servers"]:
            raise Failure(f"{name} is not among the servers that run: tools/servers start {name}", NOT_RUNNING)
    return names


def demand(state, request):
    told = instance.ask(state, request)
    if told is None:
        raise Failure("the keeper of the servers does not answer: tools/servers stop, then start", NOT_RUNNING)
    if not told["ok"]:
        raise Failure(told["error"])


def check_installed(names):
    missing = {name: SERVERS[name].missing() for name in names if SERVERS[name].missing()}
    packages = [SERVERS[name].package for name in missing]
    if not shutil.which("openssl"):
        missing["TLS"] = ["openssl"]
        packages.append("openssl")
    if missing:
        which = "; ".join(f"{name} lacks {', '.join(programs)}" for name, programs in missing.items())
        raise Failure(f"programs are not installed: {which}. Install them: sudo apt-get install --no-install-recommends {' '.join(packages)}",
                      NOT_INSTALLED)


def urls_of(state, which):
    return [url for told in state["servers"].values() for url in told[which]]


# The words that they understand.
def arguments():
    parser = argparse.ArgumentParser(
        prog="tools/servers", description="Private PostgreSQL and MariaDB servers for tests, in a temporary folder.",
        epilog="An instance is known by its state folder: AZOTH_SERVERS, or build/servers. Exit codes: 0 done, 1 failed, 2 wrong usage, "
               "3 a program is not installed, 4 no servers run.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(function, help, **more):
        added = commands.add_parser(function.__name__, help=help, description=help[0].upper() + help[1:] + ".", **more)
        added.set_defaults(function=function)
        return added

    added = some_servers(some_certificate(command(start, "start servers; those that run are left alone")))
    added.add_argument("--owner", type=int, default=0, metavar="PID", help="end the servers when this process ends")
    some_servers(some_mode(command(stop, "stop all servers and remove their data; or stop some, which start brings back")))
    some_servers(some_mode(some_certificate(command(restart, "stop servers and start them again, at the same ports and with their data"))))
    command(status, "tell what runs").add_argument("--json", action="store_true", help="print servers.json")
    command(urls, "print a URL for each driver").add_argument("--sockets", action="store_true", help="by unix socket instead of TCP")
    added = command(shell, "open psql or mariadb", epilog="Example: tools/servers shell mariadb -e 'SELECT 1'")
    added.add_argument("--user", choices=("azoth", "guest", "admin"), default="azoth", help="guest has no rights, admin all")
    added.add_argument("server", choices=list(SERVERS))
    added.add_argument("words", nargs=argparse.REMAINDER, metavar="...", help="more words for psql or mariadb")
    added = some_certificate(command(run, "run a command with servers of its own, which end with it"))
    added.add_argument("--only", action="append", choices=list(SERVERS), help="this server; may be repeated")
    added.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND...",
                       help="gets AZOTH_SERVERS, the state folder, and AZOTH_TEST_URLS, a list of URLs with spaces between; its exit code is ours")
    return parser.parse_args()


def some_servers(command):
    command.add_argument("servers", nargs="*", type=server_name, metavar="SERVER", help=f"{' or '.join(SERVERS)}; all without it")
    return command


def server_name(word):
    if word not in SERVERS:
        raise argparse.ArgumentTypeError(f"there is no server {word!r}; the servers: {', '.join(SERVERS)}")
    return word


def some_certificate(command):
    command.add_argument("--certificate", choices=certificates.KINDS,
                         help="the certificate for TLS; none: no TLS; without it the one the server has, at first the good one")
    return command


def some_mode(command):
    command.add_argument("--mode", choices=MODES, default="fast",
                         help="fast: ends connections and shuts down (default); immediate: without tidying up; crash: kills all processes at once")
    return command


def main():
    options = arguments()
    try:
        return options.function(options)
    except (Failure, OSError, RuntimeError, ValueError) as error:
        print(f"tools/servers: {error}", file=sys.stderr)
        return getattr(error, "code", FAILED)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
