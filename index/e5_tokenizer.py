"""The built-in model's tokenizer: that of XLM-RoBERTa, from the vocabulary in the 4-bit file."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.e5 import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

FILE = "tokenizer.json"


def load_tokenizer(folder: Path) -> "Tokenizer":
    """Load the tokenizer of a model folder."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / FILE))


def write_tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    """Write ``tokenizer.json``: Unigram over words that keep their leading space."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(vocabulary.pieces), vocabulary.unknown))
    tokenizer.normalizer = _normalizer(vocabulary)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    begin, end = vocabulary.pieces[vocabulary.begin][0], vocabulary.pieces[vocabulary.end][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in special_tokens(vocabulary).values()]
    )
    tokenizer.save(str(path))


def special_tokens(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the special tokens under the names that transformers gives them."""
    names = {
        "bos_token": vocabulary.begin,
        "eos_token": vocabulary.end,
        "unk_token": vocabulary.unknown,
        "pad_token": vocabulary.padding,
        "cls_token": vocabulary.begin,
        "sep_token": vocabulary.end,
    }
    return {name: vocabulary.pieces[number][0] for name, number in names.items()}


def _normalizer(vocabulary: Vocabulary) -> "Normalizer":
    """Return NFKC with the exceptions that the model's character map makes.

    The map has 4837 entries, all NFKC's but for the control characters it drops and the separators
    and invisible characters it turns into a space. NFKC proper also composes what comes decomposed
    ("e" and an accent), as the map of the original model does.
    """
    from tokenizers import Regex, normalizers

    dropped = [source for source, target in vocabulary.characters.items() if not target]
    spaces = [source for source, target in vocabulary.characters.items() if target == " "]
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_any_of(dropped)), ""),
            normalizers.Replace(Regex(_any_of(spaces)), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _any_of(characters: list[str]) -> str:
    return "[" + "".join(rf"\x{{{ord(character):04X}}}" for character in characters) + "]"
