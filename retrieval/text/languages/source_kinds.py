"""Texts that stand beside what they are about: change logs, licences, lists of people.

They are told by a path and by titles, in several languages. A question that asks for what they hold
is told, too: for a change log a version, a release or what was changed; for a licence what may be
done; for a list of people who made it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

SourceKind = Literal["", "changes", "licence", "people"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)  # an index keeps their places
TOLD = 0.7  # how much such a text weighs where nothing states it

# Names, in small letters; a title may go on after those of change logs ("Release notes for 2.1").
NAMES: dict[SourceKind, tuple[str, ...]] = {
    "changes": (
        *("changelog", "change log", "changelogs", "release notes", "releasenotes", "what s new"),
        *("whatsnew", "whats new", "version history", "release history", "revision history"),
        *("änderungsprotokoll", "versionshinweise", "versionsgeschichte", "was ist neu"),
        *("journal des modifications", "notes de version", "historique des versions"),
        *("registro de cambios", "historial de cambios", "notas de la versión"),
        *(
            "registro de alterações",
            "notas de versão",
            "note di rilascio",
            "registro delle modifiche",
        ),
        *("wijzigingslogboek", "uitgavenotities", "список изменений", "журнал изменений"),
        *("変更履歴", "更新履歴", "リリースノート", "更新日志", "变更日志", "发行说明", "更新日誌"),
        *("변경 내역", "변경 로그", "릴리스 노트", "릴리즈 노트"),
    ),
    "licence": (
        *("license", "licence", "licenses", "licences", "licensing", "copying", "legal notice"),
        *("mit license", "apache license", "third party licenses", "third party notices"),
        *("lizenz", "lizenzen", "licencia", "licença", "licenza", "licentie", "лицензия"),
        *("ライセンス", "许可证", "授權條款", "라이선스"),
    ),
    "people": (
        *("contributors", "authors", "credits", "acknowledgements", "acknowledgments"),
        *("maintainers", "code of conduct", "mitwirkende", "danksagung", "verhaltenskodex"),
        *("contributeurs", "remerciements", "code de conduite", "colaboradores"),
        *("agradecimientos", "código de conducta", "código de conduta", "участники"),
        *("貢献者", "謝辞", "行動規範", "贡献者", "行为准则", "기여자", "행동 강령"),
    ),
}
# Files of these names in capitals, as GNU's coding standards have them; as titles they may be any.
IN_CAPITALS: dict[str, SourceKind] = {
    "NEWS": "changes",
    "CHANGES": "changes",
    "HISTORY": "changes",
    "NOTICE": "licence",
    "LEGAL": "licence",
    "THANKS": "people",
}
FOLDERS = ("changelog", "changelogs", "release notes", "releasenotes", "whatsnew")

# Words of a question that ask for what such a text holds; parts of words in scripts without spaces.
ASKS: dict[SourceKind, str] = {
    "changes": r"""
        v?\d+(\.\d+)+ | versions? | releases? | released | release\s+notes | change\s?logs?
        | what\W?s\s+new | chang(ed|es) | added | removed | deprecated | deprecation | introduced
        | renamed | dropped | replaced | fixed | updated | upgraded | since\s+when | no\s+longer
        | versionen | geändert | hinzugefügt | entfernt | veraltet | eingeführt | umbenannt
        | behoben | neuerungen | seit\s+wann
        | ajoutée?s? | supprimée?s? | modifiée?s? | introduite?s? | obsolètes? | renommée?s?
        | corrigée?s? | nouveautés | depuis\s+quand
        | versión | versiones | añadid[oa]s? | agregad[oa]s? | eliminad[oa]s? | cambiad[oa]s?
        | introducid[oa]s? | obsolet[oa]s? | novedades | desde\s+cuándo
        | versão | versões | adicionad[oa]s? | removid[oa]s? | alterad[oa]s?
        | версия | версии | изменилось | добавлен\w* | удал[её]н\w*
    """,
    "licence": r"""
        licen[cs]\w* | copyright\w* | gpl | lgpl | agpl | redistribut\w*
        | commercial\w* | lizenz\w* | urheberrecht\w* | licenci\w* | licença\w* | лиценз\w*
        | warranty | liab\w+ | attribution
    """,
    "people": r"""
        who | whom | whose | wer | wem | qui | quién | quiénes | quem | кто
        | contributors? | authors? | maintainers? | credits? | thanks | conduct
        | mitwirkende\w* | autor\w* | auteurs? | colaborador\w* | verhaltenskodex | conduite
        | conducta
    """,
}
UNSPACED: dict[SourceKind, str] = {
    "changes": "追加|削除|変更|廃止|導入|バージョン|リリース|更新|新機能"
    "|新增|添加|删除|更改|版本|发布|弃用|추가|삭제|제거|변경|버전|릴리스",
    "licence": "ライセンス|著作権|商用|许可|版权|商业|라이선스|저작권|상업",
    "people": "誰|だれ|作者|貢献|谁|贡献|누구|누가|기여|행동 강령|行動規範|行为准则",
}
_BETWEEN = re.compile(r"[\W_]+")


def kind_of_source(article: str, titles: Iterable[str]) -> SourceKind:
    """What kind of source a section of a document is.

    Args:
        article: The document's id, which is its path.
        titles: Its title and the headings above the section.
    """
    *folders, stem = article.split("/")
    told = IN_CAPITALS.get(stem, "") or _named(stem)
    if told:
        return told
    if any(_plain(one) in FOLDERS for one in folders):
        return "changes"
    return next(filter(None, map(_named, titles)), "")


def asked_kinds(question: str) -> frozenset[SourceKind]:
    """The kinds that a question asks for."""
    text = unicodedata.normalize("NFKC", question).casefold()
    return frozenset(kind for kind in ASKS if _asks(kind).search(text))


def _named(title: str) -> SourceKind:
    plain = _plain(title)
    for kind, names in NAMES.items():
        if plain in names:
            return kind
    logs = NAMES["changes"]
    is_log = plain.startswith(tuple(f"{one} " for one in logs)) or plain.endswith(
        tuple(f" {one}" for one in logs)
    )
    return "changes" if is_log else ""


def _plain(text: str) -> str:
    """A name in small letters, what stands between its words as one space."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@cache
def _asks(kind: SourceKind) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{ASKS[kind]})(?!\w)|{UNSPACED[kind].replace(' ', '[ ]')}", re.VERBOSE
    )
