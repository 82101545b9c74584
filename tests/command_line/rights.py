"""Programs that permissions hold, also where the tests are run by root."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def without_rights() -> list[str]:
    """What runs a command as a user whom permissions hold."""
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if not shutil.which("setpriv") or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("this is root, and setpriv cannot take its rights away")
    return command
