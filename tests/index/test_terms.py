import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from index.errors import CorruptError, WriterBusyError
from index.terms import Terms, TermsDocument, TermsSearcher, analyze

ARTICLE_OF = {1: "refus", 2: "refus", 3: "pluie", 4: "krieg", 5: "war"}
TEXTS = {
    1: ("fr", "La ministre a déclaré que le pays refusait d'envoyer des soldats en Ukraine."),
    2: ("fr", "L'armée déploiera deux frégates à l'est, jusqu'à l'été."),
    3: ("fr", "Il pleut sur la ville depuis trois jours ; les élèves restent chez eux."),
    4: ("de", "Die Ministerin lehnte es ab, Soldaten in die Ukraine zu schicken."),
    5: ("en", "The minister declined to send soldiers to Ukraine, she declared."),
}
LANGUAGES = ["de", "en", "fr"]


def document(passage_id: int, language: str, text: str, article_id: str = "a") -> TermsDocument:
    return TermsDocument(passage_id=passage_id, article_id=article_id, language=language, text=text)


def all_documents() -> Iterable[TermsDocument]:
    for passage_id, (language, text) in TEXTS.items():
        yield document(passage_id, language, text, ARTICLE_OF[passage_id])


@pytest.fixture
def terms(tmp_path: Path) -> Terms:
    terms = Terms.open(tmp_path / "terms")
    terms.add(all_documents())
    terms.commit(1)
    return terms


@pytest.fixture
def words(terms: Terms) -> TermsSearcher:
    return terms.searcher()


def found(
    words: TermsSearcher, question: str, *, languages: list[str] = LANGUAGES, **more: object
) -> list[int]:
    return [id_ for id_, _ in words.search(question, 10, languages=languages, **more)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("declare", "déclaré"),
        ("declare", "déclarées"),
        ("declarees", "déclarer"),
        ("deployer", "déployés"),
        ("deploye", "déploie"),
        ("eleve", "élèves"),
        ("ete", "été"),
        ("l’été", "été"),
        ("d'aujourd'hui", "aujourd’hui"),
        ("qu'ils refusent", "refusent"),
        ("jusqu'à l'été", "à été"),
        ("OEUVRE", "œuvre"),
        ("européenne", "Européen"),
        ("nationaux", "nationale"),
    ],
)
def test_french_words_that_differ_in_form_only_are_one_term(one: str, other: str) -> None:
    assert analyze(one, "fr")[-1] == analyze(other, "fr")[-1]


@pytest.mark.parametrize("kept", ["vitamine C", "plan B", "classe S", "groupe L"])
def test_a_letter_that_is_not_elided_stays(kept: str) -> None:
    assert len(analyze(kept, "fr")) == 2


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("it", "dell'Italia", "Italia"),
        ("it", "perché", "perche"),
        ("en", "the minister’s refusal", "the minister refusals"),
        ("de", "Straße", "Strasse"),
        ("de", "Häuser", "haus"),
        ("es", "reunión", "reunion"),
        ("pt", "São Paulo", "sao paulo"),
        ("ro", "țară", "tara"),
        ("pl", "Łódź", "lodz"),
        ("vi", "Việt Nam", "viet nam"),
        ("ru", "ёлка", "елка"),
        ("el", "Αθήνα", "αθηνα"),
        ("ar", "إِيرَان", "ايران"),
        ("tr", "İstanbul", "istanbul"),
        ("und", "Ångström", "angstrom"),
    ],
)
def test_accents_may_be_missing_in_any_language(language: str, one: str, other: str) -> None:
    assert analyze(one, language) == analyze(other, language)


def test_scripts_without_spaces_are_cut_into_pairs_of_characters() -> None:
    assert analyze("中文新闻 2026", "zh") == ["中文", "文新", "新闻", "2026"]
    assert analyze("中", "zh") == ["中"]
    assert analyze("NATO在巴黎", "und") == ["nato", "在巴", "巴黎"]


def test_vowel_signs_do_not_cut_words() -> None:
    assert analyze("हिन्दी में समाचार", "hi") == ["हिन्दी", "में", "समाचार"]


@pytest.mark.parametrize("text", ["", " \n", "… !?", "\ud800"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert analyze(text, "fr") == []
    assert analyze(text, "und") == []


def test_a_new_index_is_empty_and_of_generation_zero(tmp_path: Path) -> None:
    words = Terms.open(tmp_path / "terms").searcher()
    assert (words.generation, words.count) == (0, 0)
    assert words.passage_ids().tolist() == []
    assert found(words, "Ukraine") == []


def test_a_word_is_found_whatever_its_accents_and_its_ending(words: TermsSearcher) -> None:
    assert found(words, "declare", languages=["fr"]) == [1]
    assert found(words, "FREGATE", languages=["fr"]) == [2]
    assert found(words, "l'élève", languages=["fr"]) == [3]


def test_a_question_finds_the_names_it_holds_in_every_language(words: TermsSearcher) -> None:
    assert set(found(words, "Qui envoie des soldats en Ukraine ?")) == {1, 4, 5}


def test_only_the_languages_asked_for_are_searched(words: TermsSearcher) -> None:
    assert found(words, "Ukraine", languages=["de"]) == [4]
    assert found(words, "Ukraine", languages=[]) == []
    assert found(words, "Ukraine", languages=["xx"]) == []


def test_a_rare_language_is_not_drowned_by_a_frequent_one(tmp_path: Path) -> None:
    terms = Terms.open(tmp_path / "terms")
    terms.add(
        document(i, "fr", f"Le ministre parle de l'Ukraine et du budget numéro {i}.")
        for i in range(1, 301)
    )
    terms.add([document(900, "de", "Der Minister spricht über den Haushalt.")])
    terms.add([document(901, "de", "Der Hund und die Katze schlafen in der Sonne.")])
    terms.commit(1)
    words = terms.searcher()
    ranked = words.search("Haushalt der Minister", 5, languages=["de", "fr"])
    alone = Terms.open(tmp_path / "alone")
    alone.add([document(900, "de", "Der Minister spricht über den Haushalt.")])
    alone.add([document(901, "de", "Der Hund und die Katze schlafen in der Sonne.")])
    alone.commit(1)
    expected = alone.searcher().search("Haushalt der Minister", 5, languages=["de"])
    assert [id_ for id_, _ in ranked[:2]] == [id_ for id_, _ in expected] == [900, 901]
    np.testing.assert_allclose(
        [score for _, score in ranked[:2]], [score for _, score in expected], rtol=0.3
    )


def test_what_looks_like_query_syntax_is_only_words(words: TermsSearcher) -> None:
    plain = found(words, "frégates ministre")
    for question in (
        'frégates AND NOT (ministre OR "',
        "body:frégates^9 -ministre",
        "+frégates ~ministre* [a TO z] \\",
        "kind:generation frégates ministre",
    ):
        assert set(plain) <= set(found(words, question))
    assert found(words, "kind:generation") == []
    assert found(words, "*") == []


def test_a_long_question_works(words: TermsSearcher) -> None:
    question = " ".join(f"mot{i} soldats" for i in range(200))[:2_000]
    assert 1 in found(words, question)


def test_a_question_of_question_words_alone_still_searches(tmp_path: Path) -> None:
    terms = Terms.open(tmp_path / "terms")
    terms.add([document(1, "en", "Doctor Who returns."), document(2, "en", "The doctor leaves.")])
    terms.commit(1)
    assert found(terms.searcher(), "Who?") == [1]


def test_scores_descend_and_equal_ones_come_by_id(tmp_path: Path) -> None:
    terms = Terms.open(tmp_path / "terms")
    for generation, ids in enumerate(([7, 3], [5, 1]), start=1):
        terms.add(document(i, "fr", "La même dépêche partout.") for i in ids)
        terms.commit(generation)
    terms.add([document(9, "fr", "Dépêche, dépêche !")])
    terms.commit(3)
    ranked = terms.searcher().search("depeche", 3, languages=["fr"])
    assert [id_ for id_, _ in ranked] == [9, 1, 3]
    assert ranked[0][1] > ranked[1][1] == ranked[2][1]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> TermsSearcher:
    terms = Terms.open(tmp_path_factory.mktemp("many") / "terms")
    terms.add(
        document(i, "fr", "paix " * (1 + i % 7) + f"accord{i % 10} mot{i}") for i in range(1, 2_001)
    )
    terms.commit(1)
    return terms.searcher()


@pytest.mark.parametrize("count", [1, 30, 200, 1_000, 1_999])
def test_a_scope_gives_the_best_of_what_it_allows(many: TermsSearcher, count: int) -> None:
    allowed = np.sort(np.random.default_rng(count).choice(np.arange(1, 2_001), count, False))
    everything = many.search("paix accord3", 2_000, languages=["fr"])
    expected = [(id_, score) for id_, score in everything if id_ in set(allowed.tolist())]
    ranked = many.search("paix accord3", 20, languages=["fr"], allowed=allowed)
    assert [id_ for id_, _ in ranked] == [id_ for id_, _ in expected[:20]]
    assert [score for _, score in ranked] == pytest.approx([s for _, s in expected[:20]], abs=1e-3)


def test_an_empty_scope_gives_nothing(many: TermsSearcher) -> None:
    nothing = np.empty(0, np.int64)
    assert many.search("paix", 5, languages=["fr"], allowed=nothing) == []
    assert many.search("paix", 0, languages=["fr"]) == []


def test_document_frequency_counts_within_the_language(words: TermsSearcher) -> None:
    soldiers = analyze("soldats", "fr")
    assert words.document_frequency([*soldiers, "ukrain", "nowhere"], "fr") == [1, 1, 0]
    assert words.document_frequency(analyze("Ukraine", "de"), "de") == [1]


def test_deleted_passages_are_not_found_again(terms: Terms) -> None:
    terms.delete([1, 77])
    terms.commit(2)
    words = terms.searcher()
    assert found(words, "déclaré", languages=["fr"]) == []
    assert words.passage_ids().tolist() == [2, 3, 4, 5]
    assert (words.count, words.generation) == (4, 2)


def test_all_passages_of_a_deleted_article_are_gone(terms: Terms) -> None:
    terms.delete_articles(["refus", "unknown"])
    terms.commit(2)
    assert terms.searcher().passage_ids().tolist() == [3, 4, 5]


def test_a_passage_can_be_replaced_within_one_commit(terms: Terms) -> None:
    terms.delete([1])
    terms.add([document(1, "fr", "Une version corrigée.")])
    terms.commit(2)
    words = terms.searcher()
    assert found(words, "corrigée") == [1]
    assert found(words, "soldats", languages=["fr"]) == []
    assert words.count == 5


def test_a_searcher_stays_at_its_commit(terms: Terms, words: TermsSearcher) -> None:
    terms.delete([1, 2, 3])
    terms.commit(2)
    assert words.generation == 1
    assert found(words, "frégates") == [2]
    assert words.passage_ids().tolist() == [1, 2, 3, 4, 5]


def test_what_is_not_committed_is_not_there(terms: Terms, tmp_path: Path) -> None:
    terms.add([document(6, "fr", "Un brouillon.")])
    assert found(terms.searcher(), "brouillon") == []
    terms.rollback()
    terms.commit(2)
    words = Terms.open(tmp_path / "terms").searcher()
    assert found(words, "brouillon") == []
    assert words.generation == 2


def test_another_process_reads_what_was_committed(terms: Terms, tmp_path: Path) -> None:
    other = Terms.open(tmp_path / "terms")
    assert other.searcher().generation == 1
    terms.commit(2)
    assert other.searcher().generation == 2


def test_two_cannot_write_at_once(terms: Terms, tmp_path: Path) -> None:
    other = Terms.open(tmp_path / "terms")
    terms.add([document(6, "fr", "Une dépêche.")])
    with pytest.raises(WriterBusyError, match="Another process is writing"):
        other.add([document(7, "fr", "Une autre.")])
    terms.commit(2)
    other.add([document(7, "fr", "Une autre.")])
    other.commit(3)
    assert terms.searcher().passage_ids().tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_rolling_back_lets_others_write(terms: Terms, tmp_path: Path) -> None:
    terms.add([document(6, "fr", "Une dépêche.")])
    terms.rollback()
    other = Terms.open(tmp_path / "terms")
    other.commit(2)
    terms.rollback()
    assert terms.searcher().generation == 2


def test_a_reset_leaves_nothing(terms: Terms) -> None:
    terms.reset()
    words = terms.searcher()
    assert (words.generation, words.count) == (0, 0)
    terms.add(all_documents())
    terms.commit(5)
    assert (terms.searcher().generation, terms.searcher().count) == (5, 5)


def test_an_error_in_what_is_added_passes_unchanged(terms: Terms) -> None:
    def broken() -> Iterable[TermsDocument]:
        yield document(6, "fr", "Une dépêche.")
        raise ValueError("from the one who gives")

    with pytest.raises(ValueError, match="from the one who gives"):
        terms.add(broken())


# Dies in the commit that makes the eighth file, for which tantivy begins to merge all of them.
DIES_BEFORE_THE_MERGE = """
import os, signal, sys
from pathlib import Path
from index.terms import Terms, TermsDocument

terms = Terms.open(Path(sys.argv[1]))
open_writer = terms._open_writer

class Dying:
    def __init__(self, writer): self.writer = writer
    def __getattr__(self, name): return getattr(self.writer, name)
    def wait_merging_threads(self): os.kill(os.getpid(), signal.SIGKILL)

terms._open_writer = lambda: Dying(open_writer())
text = "La huitième dépêche."
terms.add([TermsDocument(passage_id=8, article_id="a", language="fr", text=text)])
terms.commit(8)
"""


def seven_files_and_an_eighth_not_yet_merged(folder: Path) -> Path:
    terms = Terms.open(folder / "seven")
    for number in range(1, 8):
        terms.add(document(id_, "fr", "Une dépêche.") for id_ in (number, 100 + number))
        terms.commit(number)
    for attempt in range(20):  # a merge so small may be done before the process dies
        left = folder / f"left-{attempt}"
        shutil.copytree(folder / "seven", left)
        subprocess.run([sys.executable, "-c", DIES_BEFORE_THE_MERGE, str(left)], check=False)
        if len(json.loads((left / "meta.json").read_bytes())["segments"]) == 8:
            return left
    pytest.fail("the merge was always faster than the end of the process")


@pytest.mark.parametrize("gone", range(1, 9))
def test_a_merge_that_a_killed_process_left_to_do_brings_nothing_back(
    tmp_path_factory: pytest.TempPathFactory, unmerged: Path, gone: int
) -> None:
    folder = tmp_path_factory.mktemp("unmerged") / "terms"
    shutil.copytree(unmerged, folder)
    terms = Terms.open(folder)
    terms.delete([gone])
    terms.commit(9)
    assert gone not in terms.searcher().passage_ids()
    assert terms.searcher().count == 14


@pytest.fixture(scope="module")
def unmerged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seven_files_and_an_eighth_not_yet_merged(tmp_path_factory.mktemp("commits"))


def committed_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if len(path.stem) == 32)


@pytest.mark.parametrize("suffix", ["term", "idx", "fast", "fieldnorm", "store"])
def test_a_changed_byte_in_any_file_is_found_by_verifying(
    terms: Terms, tmp_path: Path, suffix: str
) -> None:
    terms.verify()
    copy = tmp_path / "copy"
    shutil.copytree(terms.folder, copy)
    (path,) = copy.glob(f"*.{suffix}")
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    with pytest.raises(CorruptError, match=f"{path.name} fails its checksum"):
        Terms.open(copy).verify()


def test_a_missing_or_cut_file_is_found_on_opening(terms: Terms, tmp_path: Path) -> None:
    for path in committed_files(terms.folder):
        if path.suffix == ".pos":
            continue  # no positions are kept
        for spoil in (Path.unlink, lambda file: file.write_bytes(file.read_bytes()[:-20])):
            copy = tmp_path / "copy"
            shutil.copytree(terms.folder, copy)
            spoil(copy / path.name)
            with pytest.raises(CorruptError, match="pullquote rebuild"):
                Terms.open(copy).searcher()
            shutil.rmtree(copy)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"not json"])
def test_an_unreadable_table_of_contents_is_refused(terms: Terms, content: bytes) -> None:
    (terms.folder / "meta.json").write_bytes(content)
    with pytest.raises(CorruptError, match="cannot be used"):
        Terms.open(terms.folder)
