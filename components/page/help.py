"""The dialog "Help and keys": which key does what, and what the numbers on the page are. Knows words; no run."""

from dash import html

from components.page.buttons import switch, worded
from optim import DIVERGENCE_LIMIT, OPTIMIZERS, CosineAnnealing, Experiment, events, verdicts

ARTICLE = "Visualising SGD with Momentum, Adam and Learning Rate Annealing"

KEYS = {
    "Space": "play or pause",
    "Left, Right": "one step back or forward",
    "Shift with Left, Right": "one epoch",
    "N": "the next event; with Shift the one before",
    "Home, End": "start or end of the range on view",
    "1 to 8": "bring a method forward; the same key again: all",
    "0": "all panels on view; the same key again: those before",
    "Arrow keys on a panel\u2019s corner": "make it wider, narrower, taller, lower; with Shift, and + and \u2212, they "
                                      "move and zoom what it shows, and Home shows all of it",
    "Arrow keys on a line or a map": "in Explore: another rate, cell or seed; Enter takes the latter",
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
    "Explore asks about many runs at once. Rate sweep draws what each method comes to against its learning rate: a "
    "ring is the best one, a cross the last one before a run ends above its start, a flag the theory\u2019s edge for "
    "a constant rate and all points in each batch; the upright lines are the present rates, and can be dragged. "
    "Fair race draws every method as given, at its best rate and at the same rate as all others, tuned on some seeds "
    "and scored on others; a press on a column takes its rates. "
    "Stability map draws a measure of one method over two settings as colours; a cell shows its path, and pressed it "
    "hands its settings to the form. "
    "Many seeds draws the band of each method\u2019s loss over many seeds, this seed\u2019s own run as a thin line, "
    "and how often each is first; a press on a dot takes its seed. "
    "All are coarse first, and Stop ends them.",
    "Basins draws for every start at which minimum a method's run ends, a map a method, with each minimum's share and "
    "its sampling error; a start shows its path, and pressed all methods start there. Rate finder draws the loss in "
    "one run at a learning rate that grows all the time: thin the loss itself, thick its running mean; a mark is what "
    "that suggests, a ring the best rate of a sweep, and pressed the mark is taken.",
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
            html.Ul([html.Li(text) for text in sights]),
            html.H3("The methods"),
            html.Ul([html.Li([html.B(f"{name}: "), text]) for name, text in METHODS.items()]),
            html.H3("What the numbers are"),
            html.Ul([html.Li(text) for text in numbers()]),
        ],
        id="help",
        **{"aria-label": "Help and keys"},
    )


def numbers() -> list[str]:
    """What the numbers are, with the thresholds that the verdicts use."""
    article, limit = Experiment(), f"{DIVERGENCE_LIMIT:g}".replace("e+", "e")
    return [
        "Loss is always of all data: the mean squared error, or of labels the mean cross-entropy; of a surface it is "
        "the value. Gradients are exact, the slopes of the loss; a step's are of its batch alone. On a surface they "
        "have the noise added that is asked for.",
        "At a kink 0 times anything is 0: the slope of |x| is 0 at 0, what stands still inside stands still outside "
        "(the tip of a cone has slope 0), and x\u1d43 at x = a = 0 has slopes 0. Functions of one's own are computed "
        "in forms that do not overflow where the function itself does not: 1/(1 + exp(\u2212u)) as \u03c3(u).",
        "Step 0 is the start; step k is the k-th update. An epoch is one pass over the data: "
        f"{article.steps_per_epoch} steps at batch size 1 and {len(article.points.x)} points. On a surface it is one.",
        "Excess loss is the loss above its minimum: above least squares, above a surface's lowest known value; above 0 "
        "for points whose best fit is not known. A method has reached 1 % when its excess is at most 1 % of the "
        "starting one.",
        "There, in the headline, in a verdict and on the slider, is the first step at which a method has reached that "
        "share; it stays from the step after the last one above it, unless it had left and is back for less than "
        f"{100 * verdicts.WINDOW_SHARE:g} % of the run: where a trembling method ends is chance. Two steps that differ "
        "by less than 2 % of the later one are told as one, and who came nearest is judged by the median of the last "
        "epoch.",
        f"It begins to tremble when the loss, over some {events.SPAN_STEPS} steps in whole epochs, rises by at least "
        f"{events.TREMBLE_RISES:g} of what it falls, and both by {100 * events.TREMBLE_SHARE:g} % of the loss’s whole "
        "range or more. It comes to rest where from then on neither the loss nor any parameter moves by more than "
        f"{100 * events.REST_SHARE:g} % of its whole range over the run; where the loss still falls, for "
        f"{100 * verdicts.WINDOW_SHARE:g} % of the run at least. A restart is the first step at the new rate.",
        f"Verdicts look at the last {100 * verdicts.WINDOW_SHARE:g} % of the steps, in whole pairs of epochs. "
        f"Diverged: the excess loss exceeded {verdicts.DIVERGED_TIMES:,} times its start, a number is no longer "
        f"finite, or a parameter is larger than {limit}. Slope not computable: the loss is a number, but a slope that "
        f"the step needs is not. Converged: always below {verdicts.CONVERGED_SHARE:g} of the "
        "start. Frozen: the squared gradient, by whose mean the method divides, is too large or too small for a "
        f"float64. Settled: at rest above that, within {verdicts.SETTLED_SHARE:g} of the whole way. Still "
        f"falling: the mean fell by more than {verdicts.FALLING_DEVIATIONS:g} standard deviations. Oscillating: "
        "otherwise, with half the range of each parameter. With restarts, the ends of the cycles are compared.",
        f"The article (\u201c{ARTICLE}\u201d) does not print its annealing curve, a restart period, or whether its "
        "Adam corrects its bias: cosine to 0, and corrected, are our choice. Its cost is the sum of squared errors; "
        "with batch size 1 that is one point's error a step.",
        "In the panels against the step, each column of pixels goes from the smallest to the largest of its steps, all "
        "of them. On Loss that is the light body of a method that shakes; its line is the median of each epoch.",
    ]
