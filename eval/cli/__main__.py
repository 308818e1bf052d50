"""`python -m eval.cli` is `pullquote eval`, in a checkout that is not installed too."""

import sys

from api.cli import main as pullquote
from eval.cli import main

if __name__ == "__main__":
    pullquote.add_command(main)
    pullquote(["eval", *sys.argv[1:]], prog_name="pullquote")
