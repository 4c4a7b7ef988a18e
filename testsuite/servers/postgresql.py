"""A private PostgreSQL: the newest version that Debian's packages have installed."""

import pathlib
import re
import signal
import subprocess

import processes
from server import DATABASE, HOST, PASSWORD, PEOPLE, Server

SETTINGS = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = '{folder}'
hba_file = '{folder}/hba.conf'
max_connections = 200
max_prepared_transactions = 64
# Nothing here survives a crash of the machine, and nothing has to. What is committed survives that of the server: the system has it.
fsync = off
synchronous_commit = on
full_page_writes = off
# In a file: a killed server leaves nothing in /dev/shm.
dynamic_shared_memory_type = mmap
shared_buffers = 64MB
max_wal_size = 256MB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""
TLS = "ssl = on\nssl_ca_file = '{ca}'\nssl_cert_file = '{folder}/server.pem'\nssl_key_file = '{folder}/server.key'\n"
LOGINS = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"


class PostgreSQL(Server):
    name = package = "postgresql"
    accounts = ("postgres",)
    drivers = ("postgresql+libpqxx",)
    signals = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}
    last_signal = "QUIT"

    @classmethod
    def programs(cls):
        versions = pathlib.Path("/usr/lib/postgresql").glob("*/bin")
        return max((path for path in versions if (path / "initdb").exists()), key=lambda path: float(path.parent.name), default=None)

    @classmethod
    def missing(cls):
        return [] if cls.programs() else ["/usr/lib/postgresql/*/bin/initdb"]

    def version(self):
        return (self.data / "PG_VERSION").read_text().strip()

    def prepare_command(self):
        secret = self.folder / "password"
        self.write(secret, PASSWORD)
        return [self.programs() / "initdb", "-D", self.data, "-U", PEOPLE["admin"], f"--pwfile={secret}", "-A", "scram-sha-256",
                "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]

    def launch_command(self):
        return [self.programs() / "postgres", "-D", self.data]

    def write_settings(self):
        text = SETTINGS if self.certificate == "none" else SETTINGS + TLS
        self.write(self.data / "postgresql.conf",
                   text.format(host=HOST, port=self.port, folder=self.folder, ca=self.certificates / "ca.pem"))
        self.write(self.folder / "hba.conf", LOGINS)

    def answers(self):
        """The last line of the server's own file says so."""
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return lines[0] == str(self.process.pid) and len(lines) > 7 and lines[7].strip() == "ready"

    def populate(self):
        self.execute(f"CREATE ROLE {PEOPLE['user']} LOGIN PASSWORD '{PASSWORD}';\n"
                     f"CREATE ROLE {PEOPLE['guest']} LOGIN PASSWORD '{PASSWORD}';\n"
                     f"CREATE DATABASE {DATABASE} OWNER {PEOPLE['user']};\n", PEOPLE["admin"], PASSWORD)

    @staticmethod
    def client(told, user, password, database):
        command = ["psql", "-X", "-v", "ON_ERROR_STOP=1", "-h", told["socket_folder"], "-p", str(told["port"]), "-U", user]
        return [*command, "-d", database or "postgres"], {"PGPASSWORD": password}

    def socket(self):
        return self.folder / f".s.PGSQL.{self.port}", (str(self.folder), self.port)

    def clear(self):
        """A killed server leaves a few bytes of System V shared memory; the seventh line of its file is their key and id."""
        file = self.data / "postmaster.pid"
        found = re.search(r"^[ \t]*\d+[ \t]+(\d+)[ \t]*$", file.read_text(), re.M) if file.exists() else None
        if found:
            subprocess.run(self.account.command("ipcrm", "-m", found[1]), capture_output=True, env=processes.environment(self.folder))
