"""Programs of Debian's that a test asks."""

import os
import shutil

import pytest

PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])


def program(name: str, package: str = "") -> str:
    """Return where a program is. Without it the test is skipped; in CI, which installs it, fails.

    `package` is Debian's, where it is called otherwise.
    """
    found = shutil.which(name, path=PLACES)
    if found:
        return found
    missing = f"Debian's {package or name} is not installed"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
