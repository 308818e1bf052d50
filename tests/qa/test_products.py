"""Questions from several threads do not wait for each other's matrix products."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
import threadpoolctl
import qa
from qa.settings import Settings

def threads():
    info = threadpoolctl.threadpool_info()
    return {each["num_threads"] for each in info if each["user_api"] == "blas"}

threadpoolctl.threadpool_limits(limits=4, user_api="blas")
before = threads()
with qa.open(Settings(data=Path(sys.argv[1]))):
    print(before, threads())
"""


def test_an_open_engine_has_products_take_one_thread_each(tmp_path: Path) -> None:
    # In a process of its own: it is a setting of the process.
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "index")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "{4} {1}"
