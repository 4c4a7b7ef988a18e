"""plots.py GROWTH.JSON FOLDER: draws an SVG for each plot of what azoth_growth has measured: medians as lines, quartiles as bands. The same
figures give the same bytes. Needs Debian's python3-matplotlib."""

import collections
import dataclasses
import json
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({
    "svg.hashsalt": "azoth",  # element ids are made from it, and not at random
    "svg.fonttype": "none",  # text stays text: small files, which can be searched
    "font.family": "sans-serif", "font.size": 10, "axes.titlesize": 11, "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "grid.color": "#e4e4e4", "grid.linewidth": 0.7, "axes.axisbelow": True, "legend.frameon": False,
})

from matplotlib import pyplot, ticker  # noqa: E402

OURS = ["#0b5fa5", "#4ba3d8", "#0f8a6b", "#6cc5a5"]
BY_HAND = ["#b3541e", "#e0a458"]
UNITS = {"ns a row and column": "ns for each column of a row"}


@dataclasses.dataclass
class Look:
    title: str  # the finding to look for
    x: str
    base: int = 10  # of the x axis
    log: bool = False  # the y axis too
    linear_below: float = 0  # where a log axis has to show zero
    level: float | None = None  # a line to compare with


LOOKS = {
    "rows": Look("A row costs the same from 1,000 rows to 10 million", "rows of a scan"),
    "memory": Look("Streaming takes no more memory for more rows", "rows of a scan", log=True, linear_below=100),
    "columns": Look("A point select: a fixed part, and a few nanoseconds a column", "columns of the result", base=2),
    "columns of rows": Look("A row has a fixed part: the more columns, the less each costs", "columns of a row", base=2),
    "flush": Look("A flush that finds no change: flat, but for the processor's caches", "objects in the session"),
    "flush of changes": Look("A flush: comparing 100,000 objects, and a part for each changed one", "objects changed", log=True),
    "flush statements": Look("A flush sends a statement for each changed object, no others", "objects changed of 100,000", log=True),
    "pool": Look("A checkout does not get dearer with more threads", "threads, on as many connections but not more than 4", base=2),
    "pool shares": Look("No thread starves: the largest and the smallest share", "threads, on as many connections but not more than 4",
                        base=2, log=True, level=100),
    "statements": Look("Distinct statements in turn: the cost jumps where a cache is too small", "distinct statements"),
    "hits": Look("Distinct statements in turn: all hit, or none once they are too many", "distinct statements"),
}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    points = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    plots = collections.defaultdict(lambda: collections.defaultdict(list))
    for point in points:
        plots[point["plot"]][point["series"]].append(point)
    for name, series in plots.items():
        draw(LOOKS[name], series, folder / f"growth_{name.replace(' ', '_')}.svg")


def draw(look, series, file):
    figure, axes = pyplot.subplots(figsize=(6.6, 4.2), layout="constrained")
    colours = colours_of(series)
    for name, points in series.items():
        points.sort(key=lambda point: point["x"])
        x = [point["x"] for point in points]
        axes.plot(x, [point["median"] for point in points], label=name, color=colours[name], marker="o", markersize=3.5, linewidth=1.6,
                  linestyle="-" if is_ours(name) else "--")
        axes.fill_between(x, [point["lower"] for point in points], [point["upper"] for point in points], color=colours[name], alpha=0.15,
                          linewidth=0)
    if look.level is not None:
        axes.axhline(look.level, color="#888888", linewidth=0.8)
    axes.set_title(look.title, loc="left", pad=10)
    axes.set_xlabel(look.x)
    axes.set_ylabel(unit_of(series))
    set_scales(axes, look)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, -0.15), ncol=2, fontsize=9)
    figure.savefig(file, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def set_scales(axes, look):
    axes.set_xscale("log", base=look.base)
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(amount))
    axes.xaxis.set_minor_formatter(ticker.NullFormatter())
    if look.linear_below:
        axes.set_yscale("symlog", linthresh=look.linear_below, linscale=0.6)
        axes.set_ylim(bottom=0)
    elif look.log:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0, top=axes.get_ylim()[1] * 1.05)
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(amount))
    axes.yaxis.set_minor_formatter(ticker.NullFormatter())


def is_ours(series):
    return not series.startswith(("sqlite3", "mutex", "a vector"))


def colours_of(series):
    ours, by_hand = iter(OURS), iter(BY_HAND)
    return {name: next(ours) if is_ours(name) else next(by_hand) for name in series}


def unit_of(series):
    unit = next(iter(series.values()))[0]["unit"]
    return UNITS.get(unit, unit)


def amount(value, _=None):
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} million"
    return f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:g}"


if __name__ == "__main__":
    main()
