"""The dialog "Help and keys": which key does what, and what the numbers on the page are. Knows words; no run."""

from dash import html
from dash.development.base_component import Component

from components.page.buttons import switch, worded
from optim import DIVERGENCE_LIMIT, OPTIMIZERS, CosineAnnealing, Experiment, events, verdicts

ARTICLE = "Visualising SGD with Momentum, Adam and Learning Rate Annealing"
LONGEST_TERM = 3
"""Words of what a line explains."""

KEYS = {
    "Space": "play or pause, also from a slider of the settings",
    "Left, Right": "one step back or forward",
    "Shift with Left, Right": "one epoch",
    "N": "the next event; with Shift the one before",
    "Home, End": "start or end of the range on view",
    "1 to 8": "bring a method forward; the same key again: all",
    "0": "all panels on view, where they have room; the same key again: those before",
    "Arrow keys on a panel\u2019s corner": "make it wider, narrower, taller, lower; with Shift, and + and \u2212, they "
                                      "move and zoom what it shows, and Home shows all of it",
    "Arrow keys on a line or a map": "in Explore: another rate, cell or seed; Enter takes the latter",
    "F6": "the next part of the page, where you were last in it: from a setting by the panels to Play; with Shift back",
    "Escape": "take back what is typed, close what is open, leave a panel that is alone on view, the comparison line",
    "?": "this list",
}


SIGHTS = [
    "The methods look for the curve that fits the points best, at first the line y = a x + b; or they go down a "
    "surface. All of them start from the same parameters and change them step by step, so that the loss becomes "
    "smaller. The loss is the mean of the squared vertical distances between points and curve; of labels it is the "
    "cross-entropy, of a surface its height.",
    "Show, above the panels, chooses which of them you see: as many as you like, or one where there is little room. "
    "The corner of a panel makes it larger, in whole columns and rows.",
    "Fit shows the curves. Landscape shows the same steps as paths over the loss. Loss and Parameters show how both "
    "change. Gradients shows the slopes that a method is given, and what it makes of them. Learning rate shows how "
    "large its steps may be.",
    "The headline asks a question at the start. It changes when something happens to a method: it is there, leaves "
    "again, begins to tremble, comes to rest, restarts or diverges. These events are ticks on the slider Step: hollow "
    "until they are reached, then with a mark and words. The list beside the slider has all of them.",
    "While it is paused, what is still to come is drawn pale. After a change, thin dashed lines are the run before it.",
    "Drag in a panel to zoom, double-click to go back; the pointer on a curve, or a tap, shows its numbers. A press on "
    "its corner opens buttons that do so without a drag, and for a finger the zoom box.",
    "Batch marks the points that the step used, and how far the curve was from them before it: that of the method in "
    "Microscope while this is open, else of the one in front. For a single point Landscape draws the valley, where the "
    "curve goes through it, and the step as an arrow.",
    "3-D shows Landscape's loss as a surface: drag it, or use the arrow keys while it has the focus, to turn it; a "
    "double click or Home turns it back.",
]
CLICKS = [
    "Explore asks about many runs at once. Every picture is coarse at first and then gets finer; Stop ends it.",
    "Rate sweep: what each method comes to at each learning rate. The ring is the best rate, the cross the last one "
    "before a run ends above its start, the flag the theory\u2019s edge, for a constant rate and all points in each "
    "batch. The upright lines are the present rates: drag them.",
    "Fair race: each method as given, with its best rate, and at one rate for all. Rates are tuned on some data seeds "
    "and scored on others. A press on a column takes its rates.",
    "Stability map: what a method comes to over two settings, as colours. A cell shows its path; press it to take its "
    "settings.",
    "Basins: the minimum at which a run ends, from every start, a map a method, with the share of each minimum and its "
    "sampling error. A start shows its path; press it, and all methods start there.",
    "Many seeds: the band of each method\u2019s loss over many data seeds. The thin line is the run of this seed, the "
    "bar says how often each method is first. Press a dot to take its seed.",
    "Rate finder: the loss in one run while the learning rate grows. Thin is the loss itself, thick its running mean. "
    "The mark is the rate that this suggests, the ring the best one of a sweep. Press the mark to take it.",
    "While Edit points is pressed, a click into Fit adds a point, and a click on a point removes it.",
    "While Move the start is pressed, the methods start where you click into Landscape. Escape lets go of both.",
    "Microscope works out the step under the cursor, line by line, from the points that it used. Rate felt, in "
    "Learning rate, is what a steady gradient is multiplied by in the long run: the learning rate for averaged "
    "momentum, the learning rate divided by 1 − β for a heavy ball, and divided by √v + ε for Adam.",
]
"""What a click changes or asks, where there is a server."""

METHODS = {
    **{name: OPTIMIZERS[name].intuition for name in ("SGD", "Momentum", "Adam")},
    "Annealing": CosineAnnealing.intuition,
}


def dialog(*, offline: bool = False) -> html.Dialog:
    """The closed dialog; assets/player/actions.js opens it. `offline`, of a page that changes no settings."""
    sights = SIGHTS if offline else SIGHTS + CLICKS
    rows = [html.Tr([html.Th(html.Kbd(key), scope="row"), html.Td(text)]) for key, text in KEYS.items()]
    return html.Dialog(
        [
            html.Div([html.H2("Help and keys"), worded("close-help", "Close")], className="bar"),
            html.Table(html.Tbody(rows)),
            html.P(switch("letters", "Keys of one letter, number or sign", on=True)),
            html.H3("What you see"),
            html.Ul([html.Li(termed(text)) for text in sights]),
            html.H3("The methods"),
            html.Ul([html.Li([html.B(f"{name}: "), text]) for name, text in METHODS.items()]),
            html.H3("What the numbers are"),
            html.Ul([html.Li(termed(text)) for text in numbers()]),
        ],
        id="help",
        **{"aria-label": "Help and keys"},
    )


def termed(text: str) -> list[Component | str]:
    """The text, whose first word or words, up to a colon, are what it explains."""
    term, colon, rest = text.partition(": ")
    return [html.B(f"{term}: "), rest] if colon and len(term.split()) <= LONGEST_TERM else [text]


def numbers() -> list[str]:
    """What the numbers are, with the thresholds that the verdicts use."""
    article, limit = Experiment(), f"{DIVERGENCE_LIMIT:g}".replace("e+", "e")
    return [
        "Loss: always of all data. It is the mean squared error, of labels the mean cross-entropy, of a surface its "
        "height.",
        "Gradients: exact slopes of the loss. A step has the slope of its batch alone; on a surface the noise that is "
        "asked for is added.",
        "Kinks: 0 times anything is 0. So the slope of |x| is 0 at 0, what stands still inside stands still outside "
        "(the tip of a cone has slope 0), and x\u1d43 at x = a = 0 has slopes 0. Functions of your own are computed in "
        "forms that do not overflow where the function itself does not: 1/(1 + exp(\u2212u)) as \u03c3(u).",
        "Steps: step 0 is the start, step k the k-th update. An epoch is one pass over the data: "
        f"{article.steps_per_epoch} steps at batch size 1 and {len(article.points.x)} points; on a surface it is one.",
        "Excess loss: the loss above the lowest one, which is least squares, a surface\u2019s lowest known value, or 0 "
        "for points whose best fit is not known. A method has reached 1 % when its excess is at most 1 % of the one at "
        "the start.",
        "There: the first step at which a method has reached that share. It stays from the step after the last one "
        f"above the share. If it has left and is back for less than {100 * verdicts.WINDOW_SHARE:g} % of the run, it "
        "does not stay: where a trembling method ends is chance.",
        "Together: two steps that differ by less than 2 % of the later one are told as one. Who came nearest is judged "
        "by the median of the last epoch.",
        f"Begins to tremble: over some {events.SPAN_STEPS} steps, in whole epochs, the loss rises by at least "
        f"{events.TREMBLE_RISES:g} of what it falls, and both by {100 * events.TREMBLE_SHARE:g} % of its whole range "
        "or more.",
        "Comes to rest: from then on neither the loss nor any parameter moves by more than "
        f"{100 * events.REST_SHARE:g} % of its whole range over the run; where the loss still falls, for "
        f"{100 * verdicts.WINDOW_SHARE:g} % of the run at least. A restart is the first step at the new rate.",
        f"Verdicts look at the last {100 * verdicts.WINDOW_SHARE:g} % of the steps, in whole pairs of epochs; with "
        "restarts, at the ends of the cycles.",
        f"Diverged: the excess loss was above {verdicts.DIVERGED_TIMES:,} times its start, a number was no longer "
        f"finite, or a parameter was larger than {limit}.",
        "Slope not computable: the loss is a number, but a slope that the step needs is not. Frozen: the squared "
        "gradient, by whose mean the method divides, is too large or too small for a float64.",
        f"Converged: always below {verdicts.CONVERGED_SHARE:g} of the start. Settled: at rest above that, within "
        f"{verdicts.SETTLED_SHARE:g} of the whole way.",
        f"Still falling: the mean fell by more than {verdicts.FALLING_DEVIATIONS:g} standard deviations. Oscillating: "
        "none of these; with it stands half the range of each parameter.",
        f"The article (\u201c{ARTICLE}\u201d) does not print its annealing curve, a restart period, or whether its "
        "Adam corrects its bias: cosine to 0, and corrected, are our choice. Its cost is the sum of squared errors; "
        "with batch size 1 that is one point\u2019s error a step.",
        "Columns: against the step, a column of pixels goes from the smallest to the largest of its steps, all of "
        "them. On Loss that is the light body of a method that shakes; its line is the median of each epoch.",
    ]
