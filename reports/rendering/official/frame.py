"""What both kinds of report share: title, marks, list of annexes, issuer and date."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from projects.dates import chinese_date
from reports.chinese import as_sentence
from reports.rendering.faces import Face, width
from reports.rendering.lines import CELLS
from reports.rendering.official.blocks import Annex, Block, Paragraph, hanging, paragraph
from reports.snapshots import CitySummarySnapshot, ProjectReportSnapshot, ReportState, RoundHead

DEMONSTRATION_MARK = "演示数据，不作任何依据"
DRAFT_MARK = "征求意见稿"

# GB/T 9704-2012, 7.3.5.4: the issuer ends two characters before the edge, the date
# begins two characters after the issuer does.
_EDGE, _SHIFT = 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Issuer and date with the space before each in em; `date` is "" while none is set."""

    issuer: str
    issuer_indent: str
    date: str
    date_indent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The context of templates/reports/official/document.html."""

    title: str
    title_lines: tuple[str, ...]
    subtitle: str
    author: str
    issued_on: str
    running_mark: str
    demonstration: bool
    blocks: tuple[Block, ...]
    annex_list: tuple[Paragraph, ...]
    signature: Signature
    annexes: tuple[Annex, ...]
    lead: SafeString | None = None


def page(
    snapshot: ProjectReportSnapshot | CitySummarySnapshot,
    blocks: Sequence[Block],
    annexes: Sequence[Annex],
) -> Page:
    head, status = snapshot.round, snapshot.status
    draft = status.state is ReportState.DRAFT
    notes = []
    if draft:
        notes.append(DRAFT_MARK)
    if status.version > 1:
        notes.append(f"第{status.version}版")
    marks = [DEMONSTRATION_MARK] if snapshot.demonstration else []
    if draft:
        marks.append(f"{DRAFT_MARK}（第{status.version}版）")
    changed = (
        [paragraph(f"本版更正说明：{as_sentence(status.what_changed)}")]
        if status.what_changed
        else []
    )
    return Page(
        title="".join(snapshot.title_lines),
        title_lines=snapshot.title_lines,
        subtitle=f"（{'　'.join(notes)}）" if notes else "",
        author=head.issuer,
        issued_on=head.issued_on.isoformat() if head.issued_on else "",
        running_mark="　".join(marks),
        demonstration=snapshot.demonstration,
        blocks=(*changed, *blocks),
        annex_list=annex_list([annex.title for annex in annexes]),
        signature=signature(head),
        annexes=tuple(annexes),
    )


def label_annexes(annexes: Sequence[tuple[str, Sequence[Block], bool]]) -> tuple[Annex, ...]:
    """(title, blocks, landscape) as annexes: numbered only where there are several."""
    return tuple(
        Annex(f"附件{number}" if len(annexes) > 1 else "附件", title, tuple(blocks), landscape)
        for number, (title, blocks, landscape) in enumerate(annexes, start=1)
    )


def annex_list(titles: Sequence[str]) -> tuple[Paragraph, ...]:
    """附件：1. …, titles below each other, without marks at their ends."""
    if not titles:
        return ()
    if len(titles) == 1:
        return (hanging("　　附件：", titles[0], hang=5),)
    return tuple(
        hanging("　　附件：" + f"{number}. " if number == 1 else "　　　　　" + f"{number}. ",
                title, hang=5 + width(f"{number}. ", Face.FANG_SONG))
        for number, title in enumerate(titles, start=1)
    )  # fmt: skip


def signature(head: RoundHead) -> Signature:
    date = chinese_date(head.issued_on) if head.issued_on else ""
    edge = CELLS - _EDGE
    issuer_start = edge - width(head.issuer, Face.FANG_SONG)
    date_start = issuer_start + _SHIFT
    date_width = width(date, Face.FANG_SONG)
    if date_start + date_width > edge:
        # A short issuer: the date keeps the edge, the issuer moves left with it.
        date_start = edge - date_width
        issuer_start = date_start - _SHIFT
    return Signature(
        issuer=head.issuer,
        issuer_indent=f"{max(issuer_start, 0):.3f}",
        date=date,
        date_indent=f"{max(date_start, 0):.3f}",
    )
