"""Small drills of every format, for the tests of plays."""

from __future__ import annotations

from bot.drills.formats import Format
from bot.drills.model import Drill, Mistake, Point
from bot.drills.scenes import (
    Clarify,
    Decode,
    Evidence,
    Fact,
    Incident,
    Reading,
    Redirect,
    Scene,
    Step,
    Steps,
    Twist,
)
from bot.pace.model import Kind


def made(
    form: Format, scene: Scene, rubric: tuple[Point, ...], *, hints: tuple[str, ...] = (), id: str = ""
) -> Drill:
    """A drill of a format, with everything that does not matter filled in."""
    return Drill(
        id=id or f"a-{form.value}",
        title=f"A {form.value}",
        area="system_design",
        topic="a-topic",
        kind=Kind.DRILL,
        minutes=15,
        difficulty=2,
        task="Design the short links of a parcel service.",
        hints=hints,
        rubric=rubric,
        answer="Random codes in blocks.",
        mistakes=(Mistake("Uses one counter", "codes", "One global counter in base 62 gives short codes."),)
        if any(p.id == "codes" for p in rubric)
        else (),
        format=form,
        scene=scene,
    )


CODES = Point("codes", "Makes random codes", 3, must=True, says=("random codes too long to guess",))

CLARIFY = made(
    Format.CLARIFY,
    Clarify(
        (
            Fact(
                "ratio",
                ("what is the read write ratio", "reads compared with writes"),
                "FACT-RATIO ten to one.",
            ),
            Fact(
                "guess", ("may links be guessable", "is the status private"), "FACT-GUESS nobody may guess."
            ),
            Fact("expiry", ("do links expire", "how long must a link work"), "FACT-EXPIRY ninety days."),
            Fact("offline", ("do depots lose the network",), "FACT-OFFLINE for hours."),
            Fact("budget", ("what is the monthly budget",), "FACT-BUDGET two thousand."),
        ),
        (Twist("TWIST-ONE a depot was offline."), Twist("TWIST-TWO traffic is tenfold.", 10)),
    ),
    (
        Point("ratio", "Asks for the ratio of reads to writes", 2, check="scene"),
        Point("guess", "Asks whether links may be guessed", 2, check="scene"),
        Point("expiry", "Asks how long links work", 1, check="scene"),
        Point("offline", "Asks about the network of depots", 1, check="scene"),
        Point("budget", "Asks for the budget", 1, check="scene"),
        CODES,
    ),
)

REDIRECT = made(
    Format.REDIRECT,
    Redirect(
        ("all transactions wait for the same row lock", "take the counter out of the transaction"),
        ("shard the database by campaign", "a larger machine with more cores"),
    ),
    (Point("turn", "Takes the hint", 3, must=True, check="scene"), CODES),
    hints=(
        "PUSH-ONE by what would you shard?",
        "PUSH-TWO what do they wait for?",
        "PUSH-THREE they all change one row.",
    ),
)

INCIDENT = made(
    Format.INCIDENT,
    Incident(
        20,
        (
            Evidence(
                "graph", ("pool usage over time", "connections in use"), "$ pool\nSHOWN-GRAPH  40 of 40", 3
            ),
            Evidence(
                "holder",
                ("which code path holds the connections",),
                "SHOWN-HOLDER the customs handler.",
                4,
                ("graph",),
            ),
            Evidence(
                "deploys", ("recent deploys", "what changed yesterday"), "SHOWN-DEPLOYS one at noon.", 5
            ),
            Evidence("network", ("packet loss", "network latency"), "SHOWN-NETWORK none.", 6),
            Evidence("disk", ("iostat", "disk latency"), "SHOWN-DISK idle.", 2),
            Evidence("memory", ("garbage collection", "swap"), "SHOWN-MEMORY calm.", 2),
        ),
        ("graph", "holder"),
    ),
    (
        Point("clock", "Names the cause in time", 2, check="scene"),
        Point(
            "cause",
            "The handler leaks connections",
            3,
            must=True,
            says=("customs handler never returns its connection",),
        ),
    ),
)

DECODE = made(
    Format.DECODE,
    Decode(
        (
            Reading("conflict", "WHY-CONFLICT heat is beside the point."),
            Reading("technical disagreement", "WHY-RIGHT there is a decision."),
            Reading("influence", "WHY-INFLUENCE close."),
            Reading("failure", "WHY-FAILURE no."),
        ),
        "technical disagreement",
        "conflict",
    ),
    (
        Point("reading", "Reads the question", 3, must=True, check="scene"),
        Point("evidence", "Names evidence", 2, says=("a measurement or a prototype",)),
    ),
)


def _step(name: str, phrase: str, hint: str = "") -> Step:
    must = Point(f"{name}-point", f"Says {phrase}", 2, must=True, says=(phrase,))
    return Step(name, f"ASK-{name.upper()} what about {name}?", (must,), f"{phrase}.", (), hint)


STEPS = Steps(
    (
        _step("store", "a hashmap keeps the values", "HINT-STORE think of keys."),
        _step("expiry", "a heap ordered by expiry"),
        _step("tests", "a fake clock in tests"),
    )
)
_POINTS = tuple(p for step in STEPS.steps for p in step.rubric)
LEVELS = made(Format.LEVELS, STEPS, _POINTS)
GRILL = made(Format.GRILL, STEPS, _POINTS, id="a-grill")
ALL = (CLARIFY, REDIRECT, INCIDENT, DECODE, LEVELS, GRILL)
