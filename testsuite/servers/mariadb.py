"""A private MariaDB, from Debian's packages."""

import re
import signal
import socket
import subprocess

from server import DATABASE, HOST, PASSWORD, PEOPLE, Server, find_program

SETTINGS = """\
[mariadbd]
datadir = {folder}/data
socket = {folder}/socket
pid-file = {folder}/pid
tmpdir = {folder}
bind-address = {host}
port = {port}
skip-name-resolve
skip-log-bin
max-connections = 200
max-allowed-packet = 64M
character-set-server = utf8mb4
collation-server = utf8mb4_general_ci
performance-schema = off
# Nothing here survives a crash of the machine, and nothing has to. What is committed survives that of the server: the system has it.
innodb-flush-log-at-trx-commit = 2
innodb-flush-method = nosync
# The kernel has few of its own asynchronous requests for all servers together.
innodb-use-native-aio = 0
innodb-buffer-pool-size = 64M
innodb-log-file-size = 32M
"""
TLS = "ssl-ca = {ca}\nssl-cert = {folder}/server.pem\nssl-key = {folder}/server.key\n"
RIGHTS = """\
DELETE FROM mysql.global_priv WHERE user IN ('', 'root');
FLUSH PRIVILEGES;
CREATE USER '{user}'@'%' IDENTIFIED VIA mysql_native_password USING PASSWORD('{password}');
CREATE USER '{guest}'@'%' IDENTIFIED VIA mysql_native_password USING PASSWORD('{password}');
CREATE USER '{admin}'@'%' IDENTIFIED VIA mysql_native_password USING PASSWORD('{password}');
GRANT ALL ON *.* TO '{admin}'@'%' WITH GRANT OPTION;
CREATE DATABASE {database};
GRANT ALL ON {database}.* TO '{user}'@'%';
GRANT ALL ON `{database}\\_%`.* TO '{user}'@'%';
-- Sees and ends connections.
GRANT PROCESS, CONNECTION ADMIN ON *.* TO '{user}'@'%';
"""


class MariaDB(Server):
    name = "mariadb"
    package = "mariadb-server"
    accounts = ("mysql",)
    drivers = ("mysql+connector", "mariadb+libmariadb")
    signals = {"fast": signal.SIGTERM, "immediate": signal.SIGKILL}

    @classmethod
    def program(cls):
        return find_program("/usr/sbin/mariadbd", "/usr/sbin/mysqld")

    @classmethod
    def missing(cls):
        found = {"/usr/sbin/mariadbd": cls.program(), "/usr/bin/mariadb-install-db": find_program("/usr/bin/mariadb-install-db")}
        return [name for name, place in found.items() if not place]

    def version(self):
        told = subprocess.run([self.program(), "--no-defaults", "--version"], capture_output=True, text=True).stdout
        return re.search(r"Ver (\S+?)-MariaDB", told)[1]

    def prepare_command(self):
        self.write_settings(tls=False)
        return ["/usr/bin/mariadb-install-db", f"--defaults-file={self.folder}/settings.cnf", "--auth-root-authentication-method=normal",
                "--skip-test-db", "--skip-name-resolve"]

    def launch_command(self):
        return [self.program(), f"--defaults-file={self.folder}/settings.cnf"]

    def write_settings(self, tls=True):
        text = SETTINGS + (TLS if tls and self.certificate != "none" else "skip-ssl\n")
        self.write(self.folder / "settings.cnf", text.format(host=HOST, port=self.port, folder=self.folder, ca=self.certificates / "ca.pem"))

    def answers(self):
        """A server that takes connections greets, and the fifth byte of its greeting is the version of the protocol."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            try:
                line.connect(str(self.folder / "socket"))
                return line.recv(5)[4:] == b"\x0a"
            except OSError:
                return False

    def populate(self):
        """As root, who needs no password at first, and is not there afterwards."""
        self.execute(RIGHTS.format(**PEOPLE, password=PASSWORD, database=DATABASE), "root", "")

    @staticmethod
    def client(told, user, password, database):
        command = ["mariadb", "--no-defaults", "--default-character-set=utf8mb4", f"--socket={told['socket']}", f"--user={user}"]
        return [*command, *([f"--database={database}"] if database else [])], {"MYSQL_PWD": password}

    def socket(self):
        return self.folder / "socket", (str(self.folder / "socket"), None)
