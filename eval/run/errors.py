"""What can go wrong with a run, as part of the tree of ``index.errors``.

PullquoteError
├── InputError
│   ├── RunFileError          a file of records that cannot be read, or is of another run
│   ├── AskedError            a question of the set that cannot be asked
│   └── ServiceArticlesError  the service does not hold the articles of the set
└── StoreError
    └── ServiceError          the service does not answer as it should
"""

from index.errors import InputError, StoreError


class RunFileError(InputError):
    """A file of records that cannot be read, or is of another run."""


class AskedError(InputError):
    """A question of the set that cannot be asked."""


class ServiceArticlesError(InputError):
    """The service does not hold the articles of the set."""


class ServiceError(StoreError):
    """The service does not answer as it should."""
