"""`python -m api.cli` is `pullquote`."""

from api.cli import main

if __name__ == "__main__":
    main(prog_name="pullquote")
