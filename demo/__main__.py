"""`python -m demo`: set up the demonstration and serve it, what `make demo` calls."""

import argparse
import sys

from demo.environment import prepare_environment


def port(text: str) -> int:
    """Return a port's number. Raises ArgumentTypeError for what is none."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port; take a number from 1 to 65535")
    return int(text)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve at")
    parser.add_argument("--port", type=port, default=8000, help="the port to serve at")
    options = parser.parse_args()
    prepare_environment(options.host, options.port)

    from demo.serving import serve  # Django reads the environment that was just prepared

    return serve(options.host, options.port)


if __name__ == "__main__":
    sys.exit(main())
