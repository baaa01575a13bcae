"""Runs a program with its output going to a file, and prints the seconds it took and the most memory it held (MB).

It is run as a script of its own: a child's memory counts from that of the process that starts it, so that one must be small.
"""

import os
import sys
import time


def main() -> None:
    """Take the file and the program's words from the command line. Ends with what went wrong when the program fails."""
    output, *words = sys.argv[1:]
    to_file = (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    start = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=[to_file])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    in_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    sys.stdout.write(f"{seconds} {usage.ru_maxrss / in_megabyte}\n")


if __name__ == "__main__":
    main()
