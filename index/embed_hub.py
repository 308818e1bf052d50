"""Models by name: whether one is in the cache or on the Hugging Face Hub, told at once.

sentence-transformers tries every file of a model that is nowhere, each several times: more than a
minute until it says so.
"""

from pathlib import Path

from index.e5_folder import NAME
from index.errors import ModelError

HUB_TIMEOUT_S = 10.0
OWNER = "sentence-transformers"  # of a name without an owner, as the library has it
# One of them is in every model. A download that was cut off may have brought it, and not the rest.
_FILES = ("modules.json", "config.json")


def cached(name: str) -> Path | None:
    """Return the folder of a model in the Hub's cache, which holds at least its beginning.

    As a folder it is opened without the network: by its name, parts of it are asked for all the
    same, whatever is said of local files.
    """
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = [try_to_load_from_cache(repository(name), file) for file in _FILES]
    except HFValidationError:
        return None
    return next((Path(each).parent for each in found if isinstance(each, str)), None)


def require_on_hub(name: str) -> None:
    """Raise ModelError, without trying again and again, unless the Hub has a model of this name."""
    import httpx
    from huggingface_hub import HfApi
    from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError

    try:
        HfApi().model_info(repository(name), timeout=HUB_TIMEOUT_S)
    except HFValidationError as error:
        raise _none(f"{name!r} is neither a folder nor a name that a model can have.") from error
    except GatedRepoError as error:
        raise _none(f"The model {name} is open only to those whom its owner lets in.") from error
    except RepositoryNotFoundError as error:
        message = f"There is no folder {name}, and no such model on the Hugging Face Hub."
        raise _none(message) from error
    except (OSError, httpx.HTTPError) as error:  # through requests or, from 1.0, through httpx
        raise _unreachable(name) from error


def repository(name: str) -> str:
    """Return the name with its owner."""
    return name if "/" in name else f"{OWNER}/{name}"


def _none(message: str) -> ModelError:
    return ModelError(
        message, remedy=f"Give a sentence-transformers folder or name, or use --model {NAME}."
    )


def _unreachable(name: str) -> ModelError:
    return ModelError(
        f"There is no folder {name} and no such model in the cache, and the Hugging Face Hub "
        "cannot be reached.",
        remedy=f"Download it where there is a network (hf download {repository(name)} --local-dir "
        f"FOLDER) and give the folder, or use --model {NAME}, which needs none.",
    )
