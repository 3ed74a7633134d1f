"""Charts for notebooks and reports, drawn by Altair, whose Thai the browser shapes.

Every chart has a title, units on its axes, and under the title what it was made from (`source`).
A chart shows itself at the end of a cell; `chart.save("chart.svg")` keeps it. For a picture use
`png`: what `chart.save("chart.png")` writes has letters on top of each other after sara am.
"""

from classifiers.plots.corpus import class_balance, grid, lengths, passage_topics
from classifiers.plots.models import (
    active_learning,
    calibration,
    comparison,
    confusion,
    coverage,
    learning_curve,
)
from classifiers.plots.pictures import drawable, png
from classifiers.plots.style import AXES, FONT, Chart, label_names

__all__ = [
    "AXES",
    "FONT",
    "Chart",
    "active_learning",
    "calibration",
    "class_balance",
    "comparison",
    "confusion",
    "coverage",
    "drawable",
    "grid",
    "label_names",
    "learning_curve",
    "lengths",
    "passage_topics",
    "png",
]
