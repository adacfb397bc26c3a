"""Install Debian's Chromium for the browser stories, or say why they will be skipped."""

import os
import shutil
import subprocess
import sys

# The first has no windows, tabs and extensions to draw, and takes two thirds of the second's time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PACKAGES = (NAMES[0], "fonts-liberation")  # the fonts that stand in until the hub's own arrive


def main() -> int:
    if any(shutil.which(name) for name in NAMES) or os.environ.get("MEMBERSNET_CHROMIUM"):
        return 0
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print("No Chromium here, and it cannot be installed without root on Debian: the browser")
        print("stories will be skipped. Install Chromium or set MEMBERSNET_CHROMIUM to run them.")
        return 0
    print("Installing Debian’s Chromium for the browser stories …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", *PACKAGES]):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{' '.join(command)} failed; the browser stories will be skipped:")
            print(done.stderr.strip()[-500:])
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
