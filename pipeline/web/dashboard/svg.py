"""SVG elements: escaped, named for those who do not see them, with the patterns of all charts."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def svg(
    kind: str, width: float, height: float, title: str, told: str, drawn: Iterable[Markup]
) -> Markup:
    """A chart of a kind, its title, what it tells in words, and what is drawn."""
    patterns = tag(
        "defs",
        tag(
            "pattern",
            tag("path", class_="hatch", d="M-2 2l4-4M0 8l8-8M6 10l4-4"),
            id=f"{kind}-late", width=8, height=8, patternUnits="userSpaceOnUse",
        )
        + tag(
            "pattern",
            tag("circle", class_="dot", cx=3, cy=3, r=1.1),
            id=f"{kind}-missing", width=7, height=7, patternUnits="userSpaceOnUse",
        ),
    )  # fmt: skip
    names = tag("title", title, id=f"{kind}-title") + tag("desc", told, id=f"{kind}-desc")
    return tag(
        "svg", names + patterns + Markup("").join(drawn), class_=f"chart chart-{kind}",
        viewBox=f"0 0 {width:g} {height:g}", role="img",
        aria_labelledby=f"{kind}-title {kind}-desc",
    )  # fmt: skip


def text(words: str, x: float, y: float, kind: str) -> Markup:
    """Words at a place, with the class `kind`."""
    return tag("text", words, class_=kind, x=x, y=y)


def tag(name: str, content: str | Markup = "", /, **attributes: str | float) -> Markup:
    """An element; plain content is escaped, `class_` and `aria_x` lose their underlines."""
    listed = Markup("").join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"),
            value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip("."),
        )
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), listed, escape(content))
