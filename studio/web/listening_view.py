"""What the tab of comparing voices shows, as HTML: pure functions, every foreign word escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from studio.rules.audition import MeanOpinion, Preference
from studio.rules.candidates import told_apart
from studio.web.listening import Judged, Trial
from studio.web.words import figure, vietnamese

BLIND_ROUTE = "/so-giong"
"""Where sounds are heard without a name."""
RATINGS = (("5 – rất tốt", 5), ("4 – tốt", 4), ("3 – tạm được", 3), ("2 – kém", 2), ("1 – rất kém", 1))
"""The categories of ITU-T P.800 in Vietnamese."""
MOST_DOUBTS = 3
"""Lines of odd sound that are told by their words; the others by their number."""
PREFERENCES = (("A hay hơn", "first"), ("B hay hơn", "second"), ("Như nhau", "none"))


def players(trial: Trial) -> str:
    """Two players that do not tell whose voice they play."""
    rows = "".join(
        f'<div class="s-play"><span>Giọng {letter}</span><audio controls preload="auto" '
        f'src="{BLIND_ROUTE}/{token}" aria-label="Nghe giọng {letter}"></audio></div>'
        for letter, token in (("A", trial.first_token), ("B", trial.second_token))
    )
    return (
        f'<section class="s-box s-card" data-bulletin>{rows}<p class="s-note">Cùng một bài, độ to bằng nhau, thứ tự '
        "ngẫu nhiên. Nghe cả hai rồi chấm điểm; tên giọng hiện ra sau khi ghi điểm.</p></section>"
    )


def revealed(trial: Trial) -> str:
    """Who was who, after the judgement, and which lines of theirs are doubtful."""
    both = (trial.first, trial.second)
    (first, _), (second, _) = told_apart([(stimulus.name, stimulus.candidate) for stimulus in both])
    doubts = [vietnamese(doubt.code, doubt.fields) for stimulus in both for doubt in stimulus.doubtful]
    if len(doubts) > MOST_DOUBTS:
        doubts[MOST_DOUBTS:] = [f"Còn {len(doubts) - MOST_DOUBTS} câu đáng ngờ nữa."]
    return " ".join([f"Đã ghi điểm. A là {first}; B là {second}. Bấm “Chuẩn bị” để nghe lượt mới.", *doubts])


def summary(judged: Judged) -> str:
    """Mean opinions and preferences of all listeners."""
    scores, names = judged.scores, judged.names
    if not scores.judgements:
        body = '<p class="s-note">Chưa có điểm nào.</p>'
    else:
        heads = ("Giọng", "Điểm trung bình (1–5)", "Độ lệch", "Người nghe", "Lượt chấm")
        pairs = ("Giọng 1", "Giọng 2", "Chọn 1", "Chọn 2", "Như nhau", "p (kiểm định dấu)")
        body = (
            _table("Điểm trung bình của từng giọng", heads, "".join(_opinion(each, names) for each in scores.opinions))
            + _table("Số lần được chọn", pairs, "".join(_preference(each, names) for each in scores.preferences))
            + '<p class="s-note">Điểm trung bình tính trên trung bình của từng người nghe, nên chấm nhiều lượt không '
            "nặng hơn. p nhỏ (dưới 0,05) nghĩa là khó có chuyện chênh lệch chỉ do may rủi.</p>"
        )
    if judged.torn:
        body += f'<p class="s-note">{escape(vietnamese("audition.torn_lines", {"count": judged.torn}))}</p>'
    counted = f"{scores.judgements} lượt, {scores.listeners} người nghe"
    return (
        f'<section class="s-box" data-bulletin><div class="s-title"><h3>Tổng hợp điểm</h3><span>{counted}</span></div>'
        f"{body}</section>"
    )


def _table(caption: str, heads: tuple[str, ...], rows: str) -> str:
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<div class="s-wide"><table class="s-levels"><caption hidden>{caption}</caption><thead>'
        f"<tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _opinion(each: MeanOpinion, names: Mapping[str, str]) -> str:
    spread = "–" if each.spread is None else figure(each.spread, 2)
    cells = (escape(names[each.candidate]), figure(each.mean, 2), spread, str(each.listeners), str(each.opinions))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _preference(each: Preference, names: Mapping[str, str]) -> str:
    chance = "–" if each.chance is None else figure(each.chance, 3)
    counts = (str(each.first_wins), str(each.second_wins), str(each.ties), chance)
    cells = (escape(names[each.first]), escape(names[each.second]), *counts)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
