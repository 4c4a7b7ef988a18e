"""A program on a terminal of its own, as a person would drive it."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Terminal:
    """Ends the program when it is left."""

    def __init__(self, *command, columns=80, rows=24, environment=None):
        self.child, self.end = pty.fork()
        if self.child == 0:
            os.execve(str(command[0]), [str(word) for word in command], {**os.environ, "TERM": "xterm", "PAGER": "cat", **(environment or {})})
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.said = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.end)

    def send(self, keys):
        os.write(self.end, keys.encode())

    def wait_for(self, text, seconds=20):
        """Whether it says so; what it said until then is taken off `said`."""
        until = time.monotonic() + seconds
        while text not in self.said:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.end], [], [], left)[0]:
                return False
            try:
                self.said += os.read(self.end, 65536).decode(errors="replace")
            except OSError:  # the program has ended
                return text in self.said
        self.said = self.said.split(text, 1)[1]
        return True

    def exit_code(self):
        _, status = os.waitpid(self.child, 0)
        return os.waitstatus_to_exitcode(status)
