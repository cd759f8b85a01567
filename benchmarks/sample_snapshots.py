"""Snapshots of the size of a real round's, for measuring and for layout tests.

Everything is made up, and the same at every call: a project report with 60 indicators,
15 findings and 4 photographs, and a citywide summary of about 6,000 characters with
annexes over 14 projects. They exist so that the renderer can be measured and tested
without a database; what a bureau's report says comes from `reports`' builders.
"""

import io
import random
from datetime import date
from decimal import Decimal

from PIL import Image, ImageFilter

from benchmarks.sample_annexes import GRADES, annexes, charts, grade_of
from benchmarks.sample_texts import TEXTS
from reports.snapshots import (
    Appraisal,
    BasisDocument,
    CitySummarySnapshot,
    ContractRow,
    Explanation,
    FindingRow,
    FundingRow,
    IndicatorScore,
    MemberAnswer,
    PanelMember,
    Paragraph,
    Part,
    Photo,
    ProjectFacts,
    ProjectReportSnapshot,
    RegistryWarning,
    ReportState,
    Result,
    RoundHead,
    Run,
    SectionAppraisal,
    SectionScore,
    StaffFigure,
    Status,
    Subsection,
    TrackScore,
    ValueSource,
    VisitFacts,
)

MEMBERS = ("督导员甲", "督导员乙", "督导员丙")
PHOTO_KEYS = ("photo-1", "photo-2", "photo-3", "photo-4")
HEAD = RoundHead(
    name="2016-2",
    title="2016年度第二次督导巡查",
    basis_documents=(
        BasisDocument(
            number="穗司发〔2016〕87号",
            title="广州市司法局关于开展司法社会工作项目督导巡查工作的通知",
        ),
        BasisDocument(
            number="穗综特专办〔2016〕7号",
            title="关于开展2016年度司法社会工作项目第二次督导巡查工作的通知",
        ),
    ),
    led_by="市特殊人群专项组",
    issuer="广州市司法矫治协会",
    issued_on=date(2017, 1, 23),
)


def project_report(
    *, name: str = "增城区司法社会工作项目", demonstration: bool = True, seed: int = 7
) -> ProjectReportSnapshot:
    """A project report; another `seed` gives other scores."""
    chance = random.Random(seed)  # noqa: S311 - made-up scores
    indicators = _indicators(chance)
    tracks = tuple(
        _track(key, track_name, weight, indicators)
        for key, track_name, weight in (("service", "专业服务", 70), ("finance", "财务管理", 30))
    )
    total = sum(
        ((track.percent or Decimal(0)) * track.weight for track in tracks), Decimal(0)
    ) / sum(track.weight for track in tracks)
    total = total.quantize(Decimal("0.01"))
    return ProjectReportSnapshot(
        demonstration=demonstration,
        title_lines=(name, "2016年度第二次督导巡查报告"),
        round=HEAD,
        status=Status(state=ReportState.PUBLISHED, version=1),
        project=_project_facts(name),
        visit=VisitFacts(
            started_on=date(2016, 12, 28),
            ended_on=date(2016, 12, 28),
            methods=tuple(TEXTS["methods"]),
            panel=tuple(
                PanelMember(name=person, track_name=track, is_lead=place == 0)
                for place, (person, track) in enumerate(
                    [
                        ("示例组长", "专业服务"),
                        ("示例专家甲", "专业服务"),
                        ("示例专家乙", "财务管理"),
                    ]
                )
            ),
        ),
        result=Result(
            total_percent=total,
            grade=grade_of(total),
            grade_before_cap=None,
            cap_reason="",
            tracks=tracks,
            sections=tuple(_section(*section, indicators, chance) for section in TEXTS["sections"]),
            round_median_percent=Decimal("87.90"),
            round_rank=3,
            round_size=14,
        ),
        problems=_findings(TEXTS["problems"], indicators, "问题"),
        strengths=_findings(TEXTS["strengths"], indicators, "亮点"),
        suggestions=_findings(TEXTS["suggestions"], indicators, "建议"),
        appraisal=Appraisal(
            overall=tuple(TEXTS["appraisal"]),
            sections=tuple(
                SectionAppraisal(
                    section_key=key, section_name=long, paragraphs=(TEXTS["sentences"][place] * 2,)
                )
                for place, (key, long, _short) in enumerate(TEXTS["sections"][:5])
            ),
        ),
        registry_warnings=tuple(
            RegistryWarning(text=row["text"], rows=tuple(row["rows"])) for row in TEXTS["warnings"]
        ),
        photos=tuple(
            Photo(
                key=key,
                caption=caption,
                sha256=f"{place:064x}",
                width=2400,
                height=1800,
                taken_on=date(2016, 12, 28),
            )
            for place, (key, caption) in enumerate(zip(PHOTO_KEYS, TEXTS["captions"], strict=True))
        ),
        explanation=Explanation(
            instrument_name="司法社会工作项目督导巡查评估工具（通用版）",
            instrument_version="1.0",
            source_note="本评估工具为系统自带的通用版，权重与等次分界均可修改，不是任何规范性文件的规定。",
            members=MEMBERS,
            indicators=indicators,
            grades=GRADES,
            spread_limit=Decimal("0.3"),
        ),
    )


def _project_facts(name: str) -> ProjectFacts:
    return ProjectFacts(
        name=name,
        level_text="区级项目",
        district="增城区",
        agencies=("示例机构21", "示例机构22"),
        contracts=tuple(
            ContractRow(
                agency=agency,
                service_area=area,
                parties_text="双方",
                procurement_text="公开招标",
                signed_on_text="2015年10月",
                amount_yuan=Decimal(amount),
            )
            for agency, area, amount in (
                ("示例机构21", "中北部片区", 1_260_000),
                ("示例机构22", "南部片区", 980_000),
            )
        ),
        service_model="依据服务地域划分为中北部片区和南部片区，在工作中竞争，在竞争中发展。",
        service_focus="社会调查、初始评估、法制教育、社区公益活动和适应性帮扶。",
        funding=tuple(
            FundingRow(
                fiscal_year=2016,
                source=source,
                allocated_yuan=Decimal(amount),
                received_yuan=Decimal(received),
                on_time=amount == received,
                note="" if amount == received else "末期款待验收后拨付",
            )
            for source, amount, received in (
                ("市级财政", 1_120_000, 1_120_000),
                ("区级财政", 1_120_000, 1_030_400),
            )
        ),
        staff=tuple(
            StaffFigure(label=label, count=count)
            for label, count in (
                ("专职人员", 19),
                ("兼职人员", 4),
                ("助理社会工作师", 15),
                ("社会工作师", 3),
                ("三级心理咨询师", 3),
                ("硕士学位", 1),
            )
        ),
    )


def _indicators(chance: random.Random) -> tuple[IndicatorScore, ...]:
    found = []
    for place in range(60):
        section_key = TEXTS["sections"][place // 10][0]
        maximum = Decimal(chance.choice(["1", "2", "2", "3", "4"]))
        moderated, skipped = place % 17 == 5, place % 23 == 11
        points = [
            max(Decimal(0), maximum - Decimal(chance.choice("00001112")) / 2) for _ in MEMBERS
        ]
        value = sum(points, Decimal(0)) / len(points)
        found.append(
            IndicatorScore(
                key=f"indicator-{place + 1}",
                number=f"{place // 10 + 1}.{place % 10 + 1}",
                name=TEXTS["indicators"][place % len(TEXTS["indicators"])],
                section_key=section_key,
                track_key="finance" if section_key == "finance" else "service",
                max_points=maximum,
                is_critical=place in (3, 47),
                answers=tuple(
                    MemberAnswer(
                        member=member,
                        points=None if skipped else given,
                        not_applicable=skipped,
                        reason="" if given == maximum or skipped else TEXTS["reasons"][place % 5],
                    )
                    for member, given in zip(MEMBERS, points, strict=True)
                ),
                source=ValueSource.NOT_APPLICABLE
                if skipped
                else ValueSource.MODERATED
                if moderated
                else ValueSource.MEAN,
                value=None if skipped else maximum - Decimal("0.5") if moderated else value,
                source_reason="三人对台账样本的认定不同，复核原件后按抽查结果统一。"
                if moderated
                else "",
            )
        )
    return tuple(found)


def _sums(scores: list[IndicatorScore]) -> tuple[Decimal, Decimal, Decimal]:
    """Points, maximum and percent over the applicable of `scores`."""
    counted = [score for score in scores if score.value is not None]
    points = sum((score.value for score in counted if score.value is not None), Decimal(0))
    maximum = sum((score.max_points for score in counted), Decimal(0))
    return points, maximum, (100 * points / maximum).quantize(Decimal("0.01"))


def _track(key: str, name: str, weight: int, indicators: tuple[IndicatorScore, ...]) -> TrackScore:
    own = [score for score in indicators if score.track_key == key]
    points, maximum, percent = _sums(own)
    return TrackScore(
        key=key,
        name=name,
        weight=Decimal(weight),
        points=points,
        max_points=maximum,
        percent=percent,
        indicator_count=len(own),
        applicable_count=sum(score.value is not None for score in own),
        median_percent=Decimal("86.90") if key == "service" else Decimal("83.30"),
    )


def _section(
    key: str,
    name: str,
    short_name: str,
    indicators: tuple[IndicatorScore, ...],
    chance: random.Random,
) -> SectionScore:
    points, maximum, percent = _sums([score for score in indicators if score.section_key == key])
    return SectionScore(
        key=key,
        name=name,
        short_name=short_name,
        points=points,
        max_points=maximum,
        percent=percent,
        median_percent=Decimal(chance.randint(8100, 9100)) / 100,
    )


def _findings(
    rows: tuple[tuple[str, str], ...], indicators: tuple[IndicatorScore, ...], kind: str
) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(
            key=f"{kind}-{number}",
            number=number,
            category=category,
            severity=("重要" if number % 3 == 1 else "一般") if kind == "问题" else "",
            text=text,
            indicator_number=indicators[7 * number % 60].number if kind == "问题" else "",
            indicator_name=indicators[7 * number % 60].name if kind == "问题" else "",
            recommendation=TEXTS["recommendations"][number % 3] if kind == "问题" else "",
            responsible_party="示例机构21" if kind == "问题" else "",
            due_on=date(2017, 3, 31) if kind == "问题" else None,
            photo_keys=PHOTO_KEYS[number - 1 : number] if kind == "问题" and number < 4 else (),
        )
        for number, (category, text) in enumerate(rows, start=1)
    )


def photographs(snapshot: ProjectReportSnapshot, *, width: int = 2400) -> dict[str, bytes]:
    """JPEG bytes for the snapshot's photographs, as large as a telephone takes them."""
    chance = random.Random(11)  # noqa: S311 - made-up pictures
    found = {}
    for photo in snapshot.photos:
        small = Image.new("RGB", (48, 36))
        base = [chance.randint(90, 170) for _ in range(3)]
        small.putdata(
            [
                tuple(min(255, part + chance.randint(-40, 60)) for part in base)
                for _ in range(48 * 36)
            ]
        )
        large = small.resize((width, width * 3 // 4), Image.Resampling.BICUBIC)
        stored = io.BytesIO()
        large.filter(ImageFilter.GaussianBlur(6)).save(stored, "JPEG", quality=88)
        found[photo.key] = stored.getvalue()
    return found


def city_summary(*, demonstration: bool = True) -> CitySummarySnapshot:
    """A citywide summary with its four parts, two charts and four annexes."""
    return CitySummarySnapshot(
        demonstration=demonstration,
        title_lines=("2016年度司法社会工作项目", "第二次督导巡查工作总结"),
        round=HEAD,
        status=Status(state=ReportState.PUBLISHED, version=1),
        parts=tuple(
            Part(
                key=f"part-{number}",
                heading=part["heading"],
                paragraphs=tuple(map(paragraph, part["opening"])),
                subsections=tuple(
                    Subsection(
                        key=f"part-{number}-{place}",
                        heading=subsection["heading"],
                        paragraphs=tuple(map(paragraph, subsection["paragraphs"])),
                    )
                    for place, subsection in enumerate(part["subsections"], start=1)
                ),
            )
            for number, part in enumerate(TEXTS["parts"], start=1)
        ),
        annexes=annexes(),
        charts=charts(),
    )


def paragraph(marked: str) -> Paragraph:
    """Text in which [key|text] is a figure."""
    runs = []
    for place, piece in enumerate(marked.replace("]", "[").split("[")):
        key, _, text = piece.partition("|") if place % 2 else ("", "", piece)
        if text:
            runs.append(Run(text=text, figure=key))
    return Paragraph(runs=tuple(runs))
