"""`python -m demo`: set up the demonstration and serve it, what `make demo` calls."""

import argparse
import sys

from demo.environment import prepare_environment


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve at")
    parser.add_argument("--port", type=int, default=8000, help="the port to serve at")
    options = parser.parse_args()
    prepare_environment(options.host, options.port)

    from demo.serving import serve  # Django reads the environment that was just prepared

    return serve(options.host, options.port)


if __name__ == "__main__":
    sys.exit(main())
