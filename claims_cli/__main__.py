"""The entry point. A short command spends more time collecting garbage on the way out than working, so it does not collect."""

import atexit
import gc

gc.disable()
atexit.register(gc.freeze)


def main() -> None:
    """Run the command line."""
    from claims_cli.cli.app import run

    run()


if __name__ == "__main__":
    main()
