import subprocess
import sys
from itertools import combinations

import pytest

from index.duplicates import DUPLICATE_AT, bands, signature, similarity
from index.words import fold

DISPATCH = """\
Le conseil municipal de Port-Clair a adopté mardi soir, par 31 voix contre 12, le projet de \
digue qui doit protéger le quartier du Vieux-Môle contre la montée des eaux. Les travaux, \
estimés à 48 millions d'euros, commenceront au printemps prochain et dureront trois ans, a \
annoncé la maire, Solène Kervadec, à l'issue d'un débat de près de cinq heures. « Nous avons \
trop attendu, et chaque hiver nous rappelle ce que coûte l'attente », a-t-elle déclaré devant \
une salle comble. L'opposition dénonce un chantier « pharaonique » dont le financement repose \
pour moitié sur des subventions que l'État n'a pas encore confirmées. Elle demandait qu'un \
référendum local soit organisé avant tout engagement. Les pêcheurs, eux, redoutent que l'accès \
au port soit fermé pendant une partie des travaux. « On nous promet un chenal provisoire, mais \
personne n'a vu le moindre plan », s'inquiète Yann Le Guirec, qui préside leur comité. Selon \
une étude remise à la ville en septembre, le niveau de la mer devrait s'élever de 40 \
centimètres d'ici à 2060 dans la baie, et 1 200 logements seraient alors inondés au moins une \
fois par an. La tempête de février 2021 avait déjà noyé les caves de la rue des Cordiers et \
emporté trente mètres de promenade. Une enquête publique s'ouvrira le 4 mars ; les habitants \
auront un mois pour donner leur avis."""

OTHER_REPORT = """Mardi soir, Port-Clair a choisi sa digue. Après cinq heures d'échanges parfois \
vifs, une large majorité des élus a suivi la maire Solène Kervadec, qui défend depuis deux ans un \
ouvrage capable de mettre le Vieux-Môle hors d'eau. Coût de l'opération : 48 millions d'euros, \
pour un premier coup de pelle annoncé dans un peu plus d'un an. Dans le public, beaucoup de \
riverains se disaient soulagés. Jeanne, 71 ans, se souvient de l'eau qui montait marche après \
marche dans son escalier en 2021 : « Je ne veux plus jamais vivre cela. » À la sortie, les élus de \
l'opposition promettaient pourtant de ne pas en rester là et de saisir le tribunal administratif. \
Le comité des pêcheurs attend de son côté une réunion avec l'entreprise qui sera retenue. Il \
réclame que les bateaux puissent passer à toute heure de la marée. L'avis des habitants sera \
recueilli au mois de mars."""

LEAD = """Vote historique dans la baie : la digue du Vieux-Môle verra le jour, malgré les réserves \
de l'opposition et l'inquiétude des professionnels de la mer, qui craignent pour leur saison. """


def alike(one: str, other: str) -> float:
    return similarity(signature(one), signature(other))


def words_from(start: float, end: float) -> str:
    words = DISPATCH.split()
    return " ".join(words[int(start * len(words)) : int(end * len(words))])


def with_some_words_changed(every: int) -> str:
    return " ".join("xyz" if i % every == 0 else w for i, w in enumerate(DISPATCH.split(), 1))


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param("La digue adoptée à Port-Clair\n\n" + DISPATCH, id="another headline"),
        pytest.param(LEAD + words_from(0.12, 1), id="another lead"),
        pytest.param(words_from(0, 0.7), id="the tail cut"),
        pytest.param(words_from(0, 0.5), id="cut in half"),
        pytest.param(fold(DISPATCH), id="no accents"),
        pytest.param(DISPATCH.upper().replace("'", "’"), id="capitals and other apostrophes"),
        pytest.param(DISPATCH.replace(". ", ".\n\n"), id="one paragraph a sentence"),
        pytest.param(with_some_words_changed(40), id="a word in forty changed"),
        pytest.param(DISPATCH + " Avec notre correspondante à Port-Clair.", id="a credit"),
    ],
)
def test_a_copy_of_a_dispatch_is_a_duplicate_and_a_candidate(copy: str) -> None:
    assert alike(DISPATCH, copy) >= DUPLICATE_AT
    assert set(bands(signature(DISPATCH))) & set(bands(signature(copy)))


def test_two_reports_on_one_event_are_two_sources() -> None:
    assert alike(DISPATCH, OTHER_REPORT) == 0.0


def test_a_report_that_quotes_a_paragraph_of_another_is_a_source_of_its_own() -> None:
    quoting = OTHER_REPORT + " " + words_from(0.3, 0.55)
    assert alike(DISPATCH, quoting) < DUPLICATE_AT


def test_a_text_equals_itself_whichever_comes_first() -> None:
    half = words_from(0, 0.5)
    assert alike(DISPATCH, DISPATCH) == 1.0
    assert alike(half, DISPATCH) == alike(DISPATCH, half)


def test_other_subjects_have_nothing_in_common() -> None:
    texts = [DISPATCH, LEAD, "Il pleut sur la baie depuis trois jours.", "The minister resigned."]
    assert all(alike(one, other) == 0.0 for one, other in combinations(texts, 2))


def test_short_texts_are_compared_whole() -> None:
    assert alike("Il pleut.", "il pleut !") == 1.0
    assert alike("Il pleut.", "Il neige.") == 0.0
    assert alike("Pluie", "La pluie revient") == 0.0


@pytest.mark.parametrize("empty", ["", " \n", "… !?"])
def test_texts_without_words_are_nobodys_duplicate(empty: str) -> None:
    assert bands(signature(empty)) == []
    assert alike(empty, empty) == 0.0
    assert alike(empty, DISPATCH) == 0.0


def test_scripts_without_spaces_are_compared_too() -> None:
    text = "市议会周二晚上以三十一票对十二票通过了旨在保护老码头区免受海平面上升影响的堤坝项目"
    assert alike(text, text + "。") == 1.0
    assert alike(text, text[:28]) >= DUPLICATE_AT
    assert alike(text, "反对派要求在作出任何承诺之前举行地方公民投票并公布全部费用的细节") == 0.0


def test_all_signatures_have_one_size() -> None:
    assert len({len(signature(text)) for text in ("", "Il pleut.", DISPATCH)}) == 1


def test_the_signature_is_the_same_in_another_process() -> None:
    code = f"from index.duplicates import signature; print(signature({DISPATCH!r}).hex())"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout
    assert printed.strip() == signature(DISPATCH).hex()
