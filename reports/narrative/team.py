"""队伍建设情况: agencies, who employs whom, backgrounds, and the teams that stand out."""

from __future__ import annotations

from projects.enums import (
    SOCIAL_WORK_QUALIFICATIONS,
    Employment,
    FieldOfStudy,
    QualificationKind,
)
from reports import vocabulary
from reports.chinese import chinese_count, join_and, percent_text
from reports.figures import RoundFigures, RoundRecord, Team
from reports.figures.procurement import Signing
from reports.narrative.texts import RoundTexts
from reports.narrative.writing import Piece, listed, paragraph, separated, subsection
from reports.snapshots import Paragraph, Subsection

MAIN_FIELDS = 3
"""So many fields of study are named, if more than half of the people studied them."""
TOLD_TEAMS = 3
"""Of up to so many teams of a kind details are told; more are only named."""

_COUNSELLORS = (
    QualificationKind.COUNSELLOR_1,
    QualificationKind.COUNSELLOR_2,
    QualificationKind.COUNSELLOR_3,
)


def write_team(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Subsection | None:
    return subsection(
        "team",
        "队伍建设情况",
        _agencies(record, figures, texts),
        _people(figures, texts),
        _standing_out(figures),
    )


def _agencies(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Paragraph | None:
    agencies = figures.procurement.agencies
    pieces: list[Piece] = []
    if agencies.value:
        pieces += ["目前，全市共有", agencies, f"机构承办{texts.service_name}项目。"]
        pieces += _three_party(record, figures)
    pieces += [_direct(record, team) for team in figures.team.projects if _is_direct(figures, team)]
    pieces += [_taken_over(record, figures)]
    return paragraph(*pieces)


def _three_party(record: RoundRecord, figures: RoundFigures) -> list[Piece]:
    return [
        [
            "" if place else "其中，",
            record.label(one.project),
            _signed(one.first_signed, one.last_signed),
            ["就", one.areas, "的服务"] if one.areas.value else "",
            "签订三方合同，共涉及",
            one.agencies,
            "承办机构。",
        ]
        for place, one in enumerate(figures.procurement.three_party)
    ]


def _signed(first: Signing, last: Signing) -> str:
    """`于2016年4月至5月`, as far as the dates are known."""
    if first.signed_on is None or last.signed_on is None:
        return ""
    if first.signed_text == last.signed_text:
        return f"于{first.signed_text}"
    same_year = f"{first.signed_on.year}年" if first.signed_on.year == last.signed_on.year else ""
    return f"于{first.signed_text}至{last.signed_text.removeprefix(same_year)}"


def _is_direct(figures: RoundFigures, team: Team) -> bool:
    return team.project in figures.procurement.direct


def _direct(record: RoundRecord, team: Team) -> Piece:
    government = team.by_employment.get(Employment.GOVERNMENT)
    people = "政府雇员" if government and government.value == team.people.value else "工作人员"
    return [
        record.label(team.project),
        "未委托承办机构，由购买方聘用",
        team.people,
        f"{people}组成队伍开展服务。",
    ]


def _taken_over(record: RoundRecord, figures: RoundFigures) -> Piece:
    teams = figures.team.taken_over
    if not teams:
        return ""
    names = join_and([record.label(team.project) for team in teams])
    respectively = "分别" if len(teams) > 1 else ""
    return [
        f"{names}{respectively}有",
        listed([team.formerly_government for team in teams]),
        "原政府雇员加入项目团队。",
    ]


def _people(figures: RoundFigures, texts: RoundTexts) -> Paragraph | None:
    team = figures.team
    if not team.staff.value:
        return None
    return paragraph(
        f"{texts.service_short_name}项目在岗人员共",
        team.staff,
        _employment(figures),
        "。",
        _fields(figures),
        _certified(figures),
    )


def _employment(figures: RoundFigures) -> Piece:
    kinds = [(kind, figure) for kind, figure in figures.team.by_employment.items() if figure.value]
    if len(kinds) == 1:
        return f"，均为{vocabulary.EMPLOYMENTS[kinds[0][0]]}"
    return [
        "，其中",
        separated([[vocabulary.EMPLOYMENTS[kind], figure] for kind, figure in kinds], "、"),
    ]


def _fields(figures: RoundFigures) -> Piece:
    """What most people studied; without a field that is named there is no such sentence."""
    team = figures.team
    named = [
        (field, figure) for field, figure in team.by_field.items() if field != FieldOfStudy.OTHER
    ]
    if not named:
        return ""
    if len(team.by_field) == 1:
        return f"专业背景均为{vocabulary.FIELDS[named[0][0]]}。"
    main = named[:MAIN_FIELDS]
    share = sum(figure.value for _field, figure in main)
    names = listed([[vocabulary.FIELDS[field], "（", figure, "）"] for field, figure in main])
    if 2 * share <= team.staff.value:
        return ["专业背景较为分散，人数较多的是", names, "。"]
    return ["专业背景以", names, "为主。"]


def _certified(figures: RoundFigures) -> Piece:
    team = figures.team
    masters: Piece = (
        ["具有硕士研究生及以上学历的", team.masters, "。"] if team.masters.value else ""
    )
    if not team.certified.value:
        return ["均未持有社会工作师类证书", "；" if masters else "。", masters]
    if team.certified.value == team.staff.value:
        return ["全部持有社会工作师类证书", "；" if masters else "。", masters]
    share = percent_text(team.certified.value, team.staff.value)
    return [
        "持有社会工作师类证书的",
        team.certified,
        f"，占{share}",
        "；" if masters else "。",
        masters,
    ]


def _standing_out(figures: RoundFigures) -> Paragraph | None:
    team = figures.team
    strong = [*_masters(figures), *_fully_certified(figures)]
    weak = _uncertified(figures)
    if not (strong or weak):
        return None
    pieces: list[Piece] = []
    if strong and weak:
        pieces.append("各项目团队的专业素质差异较大。")
    pieces += strong
    if strong and weak:
        pieces.append("相比之下，")
    pieces += weak
    return paragraph(*pieces) if team.staff.value else None


def _masters(figures: RoundFigures) -> list[Piece]:
    """Small teams with many masters; where all are certified too, it is said here."""
    certified = figures.team.fully_certified
    return [
        [
            f"{team.name}团队共",
            team.people,
            "，其中",
            team.masters,
            "具有硕士研究生及以上学历",
            "，且全员持证。" if team in certified else "。",
        ]
        for team in figures.team.many_masters
    ]


def _fully_certified(figures: RoundFigures) -> list[Piece]:
    teams = [team for team in figures.team.fully_certified if team not in figures.team.many_masters]
    if len(teams) > TOLD_TEAMS:
        names = join_and([team.name for team in teams])
        return [f"{names}{chinese_count(len(teams))}个团队全员持有社会工作师类证书。"]
    return [
        [
            f"{team.name}团队的",
            team.people,
            f"人员全部持有{_held_by_all(team)}证书",
            _besides(team),
            "。",
        ]
        for team in teams
    ]


def _held_by_all(team: Team) -> str:
    """The one level that everybody holds, or what the levels are called together."""
    for kind in SOCIAL_WORK_QUALIFICATIONS:
        held = team.by_certificate.get(kind)
        if held is not None and held.value == team.people.value:
            return vocabulary.QUALIFICATIONS[kind]
    return "社会工作师类"


def _besides(team: Team) -> Piece:
    """What members of a certified team hold beyond that."""
    further: list[Piece] = [
        [figure, f"同时持有{vocabulary.QUALIFICATIONS[kind]}证书"]
        for kind in _COUNSELLORS
        if (figure := team.by_certificate.get(kind)) is not None
    ]
    if team.masters.value:
        further.append([team.masters, "具有硕士研究生及以上学历"])
    return ["，其中", separated(further, "，")] if further else ""


def _uncertified(figures: RoundFigures) -> list[Piece]:
    teams = figures.team.uncertified
    if len(teams) > TOLD_TEAMS:
        names = join_and([team.name for team in teams])
        return [f"{names}{chinese_count(len(teams))}个项目团队中无人持有社会工作师类证书。"]
    return [
        [
            f"{team.name}团队的",
            listed(
                [
                    [figure, vocabulary.EMPLOYMENTS[kind]]
                    for kind, figure in team.by_employment.items()
                ]
            ),
            "中无人持有社会工作师类证书",
            "。" if team.social_work.value else "，也无人具有社会工作专业背景。",
        ]
        for team in teams
    ]
