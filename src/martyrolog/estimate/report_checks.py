"""Sections of the report that say how far the numbers can be trusted.

How they hang on one list, on strata, on the prior and on the links; how each model gives back the
table; whether chains mixed; and what the lists share.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from martyrolog.estimate import pictures_fit, pictures_lists
from martyrolog.estimate.counts import CaptureCounts, make_counts
from martyrolog.estimate.diagnostics.overlap import frequency_rows, pair_overlaps
from martyrolog.estimate.page import Block, Section
from martyrolog.estimate.pictures import Pictures
from martyrolog.estimate.wording import Wording

Row = Mapping[str, Any]
Rows = Sequence[Row]
MOST_CELLS = 20
PAIR = 2
AS_ONE_TABLE: Row = {"n_observed": 0, "status": "estimated"}
"""What a number of a check has where it says nothing else: it is of no stratum and no total."""


def check_sections(
    words: Wording, pictures: Pictures, rows: Rows, histories: Rows
) -> Iterator[Section]:
    """All checks that there is something to say of.

    Args:
        words: The language.
        pictures: In the same language.
        rows: Table ``estimate``.
        histories: Table ``capture_history``.
    """
    checks = _Checks(words, pictures, rows)
    sensitivity = [*checks.dependence(), *checks.left_out(), *checks.pooled(), *checks.priors(),
                   *checks.classes(), *checks.links()]  # fmt: skip
    if sensitivity and any(row["stratum"] != "{}" for row in rows):
        sensitivity.insert(0, words.text("sensitivity_as_one"))
    if sensitivity:
        yield Section(words.text("section_sensitivity"), tuple(sensitivity))
    fit = list(checks.cells())
    if fit:
        yield Section(words.text("section_fit"), tuple(fit), detailed=True)
    chains = list(checks.chains())
    if chains:
        yield Section(words.text("section_chains"), tuple(chains))
    counts = whole_counts(histories)
    if counts is not None:
        yield Section(words.text("section_overlaps"), tuple(_overlaps(words, pictures, counts)),
                      detailed=True)  # fmt: skip


def whole_counts(histories: Rows) -> CaptureCounts | None:
    """The capture histories of all persons; None where there are none."""
    rows = [row for row in histories if row["stratum"] == "{}"]
    if not rows:
        return None
    lists = sorted({name for row in rows for name in row["list_ids"]})
    patterns = [[int(name in row["list_ids"]) for name in lists] for row in rows]
    return make_counts(patterns, [row["persons"] for row in rows], lists)


class _Checks:
    """Checks of the whole, strata aside."""

    def __init__(self, words: Wording, pictures: Pictures, rows: Rows) -> None:
        self._words = words
        self._pictures = pictures
        self._rows = [(row, json.loads(row["details"])) for row in rows if row["stratum"] == "{}"]

    def left_out(self) -> Iterator[Block]:
        """Without each list in turn."""
        words = self._words
        found = [(row, one) for row, detail in self._rows for one in detail.get("without_list", ())]
        yield from self._moved("left_out", found, lambda one: str(one["list"]), base=True)
        refused = [f"{words.model(row['model'])}: {one['list']}" for row, one in found
                   if one["median"] is None and row["median"] is not None]  # fmt: skip
        if refused:
            yield words.text("left_out_refused", which="; ".join(refused))

    def pooled(self) -> Iterator[Block]:
        """Strata added up beside all persons as one table."""
        words = self._words
        cells = [
            [words.model(row["model"]), *words.shown(row),
             *words.shown({**row, **detail["pooled"]}),
             words.decimal(detail["pooled_p_value"]) if "pooled_p_value" in detail else ""]
            for row, detail in self._rows
            if row["median"] is not None and detail.get("pooled", {}).get("median") is not None
        ]  # fmt: skip
        if cells:
            yield words.text("sensitivity_pooled")
            if any(words.rests_on_two_lists(row) for row, _ in self._rows):
                yield words.text("beside_two_lists")
            yield words.grid("pooled", ("model", "summed", "interval", "as_one", "interval",
                                        "p_value"), cells)  # fmt: skip

    def priors(self) -> Iterator[Block]:
        """Other prior counts of the graphs."""
        found = [(row, one) for row, detail in self._rows for one in detail.get("prior_sweep", ())]
        yield from self._moved("priors", found, lambda one: f"d = {one['prior_count']:.4g}")

    def classes(self) -> Iterator[Block]:
        """Other greatest numbers of latent classes."""
        found = [(row, one) for row, detail in self._rows for one in detail.get("class_sweep", ())]
        yield from self._moved("classes", found, lambda one: str(one["classes"]))

    def dependence(self) -> Iterator[Block]:
        """Two lists, were they not independent: the odds ratio multiplies the unseen."""
        found = []
        for row, detail in self._rows:
            seen = row["n_observed"]
            for one in detail.get("by_odds_ratio", ()) if row["median"] is not None else ():
                ratio = one["odds_ratio"]
                moved = {name: seen + ratio * (end - seen) for name, end in _ends(row).items()}
                found.append((row, {"odds_ratio": ratio, **moved}))
        yield from self._moved("dependence", found, lambda one: f"{one['odds_ratio']:g}")

    def links(self) -> Iterator[Block]:
        """Wrong links tried, and what the draws of the clustering bring."""
        found = [(row, one) for row, detail in self._rows
                 for one in detail.get("linkage_errors", ())]  # fmt: skip
        yield from self._moved("links", found, self._links_name)
        words = self._words
        cells = []
        for row, detail in self._rows:
            drawn = detail.get("linkage", {})
            if "T" in drawn:
                persons, medians = drawn["n_observed"], drawn["medians"]
                share = 1 - drawn["W"] / drawn["T"] if drawn["T"] else 0.0
                cells.append([words.model(row["model"]), str(len(persons)), _span(words, persons),
                              _span(words, medians), words.percent(share)])  # fmt: skip
        if cells:
            yield words.text("linkage_draws")
            yield words.grid("draws", ("model", "draws", "persons", "medians", "share_of_variance"),
                             cells)  # fmt: skip

    def _links_name(self, one: Row) -> str:
        if not one["share"]:
            return self._words.text("links_as_found")
        return self._words.text(f"links_{one['links']}", share=self._words.percent(one["share"]))

    def _moved(
        self,
        name: str,
        found: Sequence[tuple[Row, Row]],
        label: Callable[[Row], str],
        *,
        base: bool = False,
    ) -> Iterator[Block]:
        """What was said, picture and table of numbers that moved, model by model."""
        words = self._words
        given = [(row, one) for row, one in found if one["median"] is not None]
        if not given:
            return
        yield words.text(f"sensitivity_{name}")
        fewest = min(len(row["list_ids"]) for row, _ in given) - base  # base: without one list
        if fewest == PAIR and name != "dependence":
            yield words.text("beside_two_lists")
        for model in dict.fromkeys(row["model"] for row, _ in given):
            mine = [(row, one) for row, one in given if row["model"] == model]
            first = {**mine[0][0], **json.loads(mine[0][0]["details"]).get("pooled", {})}
            bars = (
                [{"label": words.text("with_all_lists"), **_ends(first)}]
                if base and first["median"] is not None
                else []
            )
            bars += [{"label": label(one), **_ends(one)} for _, one in mine]
            yield from self._pictures.intervals(name, bars, of=model)
            rows = [[label(one), *words.shown({**row, **AS_ONE_TABLE, **one})]
                    for row, one in mine]  # fmt: skip
            grid = words.grid(name, (name, "median", "interval"), rows)
            yield replace(grid, caption=f"{grid.caption}: {words.model(model)}")

    def cells(self) -> Iterator[Block]:
        """How a model gives back the table."""
        words = self._words
        for row, detail in self._rows:
            found = detail.get("cells", ())
            if not found:
                continue
            yield words.text("fit_means", model=words.model(row["model"]))
            yield from pictures_fit.cells(self._pictures, row["model"], found)
            rows = [[", ".join(one["lists"]), words.number(one["observed"]),
                     words.decimal(one["expected"], 4),
                     f"{words.number(one['low'])} – {words.number(one['high'])}",
                     words.decimal(one["tail"])] for one in found[:MOST_CELLS]]  # fmt: skip
            yield words.grid("cells", ("lists", "observed", "expected", "between", "tail"), rows)

    def chains(self) -> Iterator[Block]:
        """Whether chains mixed, also where the answer was refused."""
        words = self._words
        for row, detail in self._rows:
            shown = detail.get("chains")
            if not shown:
                continue
            yield words.text("chains_mean", model=words.model(row["model"]))
            yield from pictures_fit.chains(self._pictures, shown)
            quarters = [_quarters(words, draws) for draws in shown["traces"]]
            rows = [[str(chain), *quarter] for chain, quarter in enumerate(quarters, 1)]
            yield words.grid("chains", ("chain", "quarter", "middle", "three_quarters"), rows)
            rhat = [words.decimal(row["rhat"], 4), words.number(round(row["ess_bulk"])),
                    words.number(round(row["ess_tail"]))]  # fmt: skip
            yield words.grid("convergence", ("rhat", "ess_bulk", "ess_tail"), [rhat])


def _ends(row: Row) -> dict[str, float]:
    return {name: row[name] for name in ("median", "lower", "upper")}


def _span(words: Wording, values: Sequence[float]) -> str:
    return f"{words.number(round(min(values)))} – {words.number(round(max(values)))}"


def _quarters(words: Wording, draws: Sequence[float]) -> list[str]:
    ordered = sorted(draws)
    return [words.number(round(ordered[len(ordered) * step // 4])) for step in (1, 2, 3)]


def _overlaps(words: Wording, pictures: Pictures, counts: CaptureCounts) -> Iterator[Block]:
    """What the lists share."""
    named = [[", ".join(name for name, held in zip(counts.lists, pattern, strict=True) if held),
              words.number(int(count))]
             for pattern, count in zip(counts.patterns, counts.counts, strict=True)]  # fmt: skip
    yield from pictures_lists.overlaps(pictures, counts)
    yield words.grid("histories", ("lists", "persons"), named)
    pairs = pair_overlaps(counts)
    yield words.text("odds_ratio_means")
    yield from pictures_lists.odds_ratios(pictures, pairs)
    rows = [[pair.left, pair.right, words.number(pair.both),
             "" if pair.odds_ratio is None or pair.lower is None or pair.upper is None
             else f"{words.decimal(pair.odds_ratio)} ({words.decimal(pair.lower)} – "
                  f"{words.decimal(pair.upper)})"] for pair in pairs]  # fmt: skip
    yield words.grid("pairs", ("left", "right", "both", "odds_ratio"), rows)
    yield from pictures_lists.frequencies(pictures, counts)
    frequencies = [[str(i), words.number(f)] for i, f, _ in frequency_rows(counts)]
    yield words.grid("frequencies", ("times", "persons"), frequencies)
