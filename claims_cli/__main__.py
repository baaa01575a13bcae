"""The entry point. A short command spends more time collecting garbage on the way out than working, so it does not collect."""

import atexit
import gc

gc.disable()
atexit.register(gc.freeze)


def main() -> None:
    """Run the command line."""
    try:
        from claims_cli.cli.app import run

        run()
    except KeyboardInterrupt:  # before a command is there to be interrupted
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
