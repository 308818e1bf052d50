"""What can go wrong with a question set.

InputError
├── CollectionError   it cannot be read, or is not there
└── HeldOutError      it is held out: something was about to be chosen on a test part
"""

from index.errors import InputError


class CollectionError(InputError):
    """A question set that cannot be read, or is not there."""


class HeldOutError(InputError):
    """A test part was about to be used for choosing something."""
