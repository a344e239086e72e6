"""Words of agendas in six languages: what stands above the columns, and what segments are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from bot.forms.choices import folded
from storage.records.conferences import Segment


class Column(StrEnum):
    """What a column of an agenda says."""

    DAY = "day"
    BEGINS = "begins"
    ENDS = "ends"
    TITLE = "title"
    SEGMENT = "segment"
    ROOM = "room"
    SPEAKERS = "speakers"
    CHAIR = "chair"
    DESCRIPTION = "description"
    LANGUAGE = "language"
    UID = "id"


_HEADINGS = {
    Column.DAY: "day; date; jour; día; fecha; день; дата; اليوم; التاريخ; 日期; 日",
    Column.BEGINS: (
        "begins; begin; start; starts; start time; from; time; début; commence; de; heure; heure de début; empieza; "
        "comienza; inicio; hora; hora de inicio; desde; начало; время; время начала; с; يبدأ; البداية; بداية; "
        "وقت البدء; الوقت; من; 开始; 开始时间; 时间"
    ),
    Column.ENDS: (
        "ends; end; end time; finish; to; until; fin; finit; à; heure de fin; termina; final; hora de fin; hasta; "
        "конец; окончание; время окончания; до; ينتهي; النهاية; نهاية; وقت الانتهاء; إلى; 结束; 结束时间"
    ),
    Column.TITLE: (
        "title; session; session title; topic; subject; titre; séance; thème; sujet; título; sesión; tema; название; "
        "сессия; заседание; тема; العنوان; عنوان; الجلسة; جلسة; الموضوع; 标题; 题目; 会议; 主题"
    ),
    Column.SEGMENT: "segment; track; volet; segmento; segment du programme; сегмент; الجزء; القسم; 分段; 部分",
    Column.ROOM: (
        "room; hall; location; place; venue; salle; lieu; sala; salón; lugar; зал; место; помещение; القاعة; قاعة; "
        "المكان; 会议室; 房间; 地点"
    ),
    Column.SPEAKERS: (
        "speakers; speaker; presenters; presenter; intervenants; intervenant; orateurs; orador; oradores; ponentes; "
        "ponente; докладчики; докладчик; выступающие; المتحدثون; المتحدث; متحدثون; 发言人; 演讲者; 讲者"
    ),
    Column.CHAIR: (
        "chair; moderator; chairperson; présidence; président; modérateur; presidencia; presidente; moderador; "
        "председатель; ведущий; модератор; الرئيس; رئيس الجلسة; 主席; 主持人"
    ),
    Column.DESCRIPTION: (
        "description; abstract; details; notes; résumé; descripción; resumen; описание; аннотация; الوصف; وصف; "
        "描述; 说明; 简介"
    ),
    Column.LANGUAGE: "language; langue; idioma; lengua; язык; اللغة; لغة; 语言",
    Column.UID: "id; uid; identifiant; identificador; идентификатор; المعرف; 编号",
}
_SEGMENTS = {
    Segment.PLENARY: (
        "plenary; all; plénière; plenaria; plenario; пленарное; пленарная; пленарный; عامة; الجلسة العامة; "
        "全体; 全体会议"
    ),
    Segment.MILITARY: "military; militaire; militar; военный; военная; военное; عسكري; العسكري; عسكرية; 军事",
    Segment.CIVILIAN: (
        "civilian; civil; civile; гражданский; гражданская; гражданское; مدني; المدني; مدنية; 文职; 平民"
    ),
    Segment.POLICE: ("police; policía; policial; полиция; полицейский; полицейская; полицейское; شرطة; الشرطة; 警察"),
}


class AgendaHeadings:
    """Knows what stands above the columns of an agenda."""

    def recognised(self, cells: Sequence[str]) -> tuple[int, int]:
        """How many of these cells are headings, and of how many different things."""
        found = [column for cell in cells if (column := column_of(cell)) is not None]
        return len(found), len(set(found))


def column_of(heading: str) -> Column | None:
    """What a heading means; None if it is not known."""
    return _known_headings().get(folded(heading))


def segment_of(word: str) -> Segment | None:
    """The segment that a word means; None if it is none."""
    return _known_segments().get(folded(word))


@cache
def _known_headings() -> Mapping[str, Column]:
    return {folded(word): column for column, words in _HEADINGS.items() for word in words.split(";")}


@cache
def _known_segments() -> Mapping[str, Segment]:
    return {folded(word): segment for segment, words in _SEGMENTS.items() for word in words.split(";")}
