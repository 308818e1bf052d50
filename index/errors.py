"""What can go wrong, as one tree. Every message says what is wrong; every remedy what to do.

PullquoteError
├── InputError                what was given cannot be used (a door answers 4xx, exit code 2)
│   ├── ArticleError          an article that cannot be stored
│   │   └── UnreadableError   a file, page or feed that cannot be read
│   ├── FilterError           a filter that cannot be applied
│   └── QuestionError         a question that cannot be asked
├── UnknownArticleError       no article has this id (404, exit code 4)
└── StoreError                the data folder cannot be used as it is (503, exit code 3)
    ├── EmbedderChangedError  the index was built by another model
    ├── CorruptError          a file fails its checksum
    ├── WriterBusyError       another process is writing
    ├── DiskFullError         the disk is full
    └── ModelError            the model's weights are missing or not the expected ones
"""

from pathlib import Path


class PullquoteError(Exception):
    """Root of all errors that a user can do something about."""

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class InputError(PullquoteError):
    """What was given cannot be used."""


class ArticleError(InputError):
    """An article that cannot be stored."""


class UnreadableError(ArticleError):
    """A file, page or feed that cannot be read."""


class FilterError(InputError):
    """A filter that cannot be applied."""


class QuestionError(InputError):
    """A question that cannot be asked."""


class UnknownArticleError(PullquoteError):
    """No article has this id."""

    def __init__(self, article_id: str) -> None:
        super().__init__(
            f"There is no article {article_id!r}.",
            remedy="`pullquote list` or GET /v1/articles shows what there is.",
        )


class StoreError(PullquoteError):
    """The data folder cannot be used as it is."""


class EmbedderChangedError(StoreError):
    """The index was built by another model."""

    def __init__(self, folder: Path, built_with: str, asked_for: str, model: str) -> None:
        super().__init__(
            f"The index in {folder} was built with {built_with}, not {asked_for}.",
            remedy=f"Rebuild it: pullquote --data {folder} --model {model} rebuild",
        )


class CorruptError(StoreError):
    """A file of the data folder fails its checksum or cannot be parsed."""


class WriterBusyError(StoreError):
    """Another process is writing to the data folder."""


class DiskFullError(StoreError):
    """The disk is full; nothing of the batch was stored."""


class ModelError(StoreError):
    """The model's weights are missing or not the expected ones."""
