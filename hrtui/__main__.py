"""The `hrtui` program: safe defaults of the process first, then the language, then what the words ask for."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line; 0 is fine, 1 refused or failed, 2 wrong usage or configuration."""
    # Everything that the process writes is private to its user.
    os.umask(0o077)
    if sys.argv[1:] == ["--version"]:
        from hrtui import __version__

        sys.stdout.write(f"hrtui {__version__}\n")
        return 0
    from hrtui.cli.run import run
    from hrtui.terminal.environment import prepare

    prepare()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
