"""What browsers have learnt since the oldest ones that are served (components/browsers.py): nothing here may need it.

After MDN's tables of compatibility (@mdn/browser-compat-data 8.1): each is missing in Chrome 111, Firefox 115 or Safari
16.4. tests/test_browsers.py looks for it in the texts; `WITHOUT` takes from a new browser what can be taken from it.
"""

import json
import re

STATICS = {
    "Object": "groupBy",
    "Map": "groupBy",
    "Array": "fromAsync",
    "Promise": "withResolvers try",
    "Math": "f16round sumPrecise",
    "RegExp": "escape",
    "Error": "isError",
    "JSON": "rawJSON isRawJSON",
    "Atomics": "waitAsync pause",
    "Intl": "Segmenter DurationFormat",
    "Iterator": "from concat",
    "Uint8Array": "fromBase64 fromHex",
    "URL": "canParse parse",
    "AbortSignal": "any timeout",
    "Response": "json",
    "ReadableStream": "from",
    "Document": "parseHTML parseHTMLUnsafe",
    "ClipboardItem": "supports",
}
METHODS = {
    "Iterator": "map filter take drop flatMap reduce toArray forEach some every find",
    "Set": "union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom",
    "Map": "getOrInsert getOrInsertComputed",
    "WeakMap": "getOrInsert getOrInsertComputed",
    "String": "isWellFormed toWellFormed",
    "ArrayBuffer": "transfer transferToFixedLength resize detached maxByteLength resizable",
    "DataView": "getFloat16 setFloat16",
    "Date": "toTemporalInstant",
    "RegExp": "unicodeSets",
    "Uint8Array": "toBase64 toHex setFromBase64 setFromHex",
    "Blob": "bytes",
    "Response": "bytes",
    "Request": "bytes",
    "Headers": "getSetCookie",
    "URLSearchParams": "size",
    "Selection": "direction getComposedRanges",
    "Node": "moveBefore",
    "Document": "startViewTransition caretPositionFromPoint moveBefore",
    "Element": "checkVisibility moveBefore setHTML setHTMLUnsafe getHTML currentCSSZoom role startViewTransition "
    "ariaNotify computedStyleMap",
    "HTMLElement": "popover showPopover hidePopover togglePopover editContext writingSuggestions attributeStyleMap",
    "HTMLDialogElement": "requestClose closedBy",
    "HTMLDetailsElement": "name",
    "HTMLButtonElement": "popoverTargetElement popoverTargetAction commandForElement command interestForElement",
    "HTMLSelectElement": "showPicker",
    "HTMLIFrameElement": "loading",
    "CanvasRenderingContext2D": "reset filter letterSpacing wordSpacing fontKerning fontStretch fontVariantCaps "
    "textRendering isContextLost getContextAttributes lang",
    "PointerEvent": "getCoalescedEvents getPredictedEvents altitudeAngle azimuthAngle",
    "Navigator": "userActivation",
}
GLOBALS = [
    "Temporal", "Float16Array", "SuppressedError", "DisposableStack", "AsyncDisposableStack", "ClipboardItem",
    "CloseWatcher", "EditContext", "Highlight", "Sanitizer", "ToggleEvent", "CommandEvent", "ViewTransition",
    "NavigateEvent", "navigation", "scheduler", "cookieStore", "documentPictureInPicture", "showOpenFilePicker",
    "showSaveFilePicker", "showDirectoryPicker", "fetchLater", "requestIdleCallback",
]

WITHOUT = """(() => {
    const { statics, methods, globals } = TABLES;
    const take = (owner, names) => { for (const name of names) delete owner?.[name]; };
    for (const [owner, names] of Object.entries(statics)) take(window[owner], names);
    for (const [owner, names] of Object.entries(methods)) take(window[owner]?.prototype, names);
    for (const name of Object.keys(Element.prototype)) if (name.startsWith("aria")) delete Element.prototype[name];
    delete ReadableStream.prototype[Symbol.asyncIterator];
    take(window, globals);
    if (Object.groupBy || [].values().map || "popover" in HTMLElement.prototype || "ariaLabel" in Element.prototype) {
        throw new Error("This browser kept what it should be without.");
    }
})();""".replace(
    "TABLES",
    json.dumps({
        "statics": {owner: names.split() for owner, names in STATICS.items()},
        "methods": {owner: names.split() for owner, names in METHODS.items()},
        "globals": GLOBALS,
    }),
)
"""A script for a page's start: the built-ins are gone before anything else runs."""

# Names that other things have too: of these only what is written below is looked for.
ORDINARY = set(METHODS["Iterator"].split()) - {"toArray"} | {
    "resize", "detached", "size", "direction", "name", "command", "loading", "reset", "filter", "lang", "bytes",
    "transfer", "role", "popover", "difference", "union",
}
HELPERS = f"(?:{METHODS['Iterator'].replace(' ', '|')})"
SCRIPT = [
    *(rf"\b{owner}\.{name}\b" for owner, names in STATICS.items() for name in names.split()),
    *(rf"\.{name}\b" for names in METHODS.values() for name in names.split() if name not in ORDINARY),
    *(rf"(?<![\w.'\"]){name}\s*[.(]|\bnew {name}\b" for name in GLOBALS),
    # A fallback stands beside it.
    r"window\.requestIdleCallback(?! \?\?)",
    rf"\.(?:values|keys|entries)\(\)\s*\.{HELPERS}\(",
    rf"\.matchAll\((?:[^()]|\([^()]*\))*\)\s*\.{HELPERS}\(",
    r"\.(?:union|difference|bytes|transfer)\(",
    r"\bctx\.(?:reset|filter|lang)\b",
    r"\.(?:role|popover)\b(?!\()",
    r"\.aria[A-Z]\w*|\baria[A-Z]\w*\s*:",
    r"\bonscrollend\b|[\"'](?:scrollend|beforetoggle|command|scrollsnapchange)[\"']",
    r"\bcrypto\.randomUUID\b",  # old enough, but only where the page comes by https
    r"(?<=[=(,:])\s*/(?![*/])(?:\\.|[^/\n\\])+/[a-uw-z]*v[a-z]*\b",  # sets in patterns
    r"\(\?[ims]*-?[ims]+:",  # modifiers in patterns
    r"\b(?:await )?using \w+ =",
    r"\bwith \{ type:",
    # Over what our own generators give; a stream of the browser's is read by its reader.
    r"\bfor await \((?![^()]* of (?:server\.stream|lines)\()",
    r"\.adoptedStyleSheets\.push\b|\bimport\.meta\.resolve\b",
]
STYLE = [
    r":has\(", r"(?m)^\s*&|[{;]\s*&", r":popover-open\b",
    r":(?:open|state|user-valid|user-invalid|active-view-transition)\b",
    r"::(?:highlight|details-content|view-transition|picker|checkmark|scroll-button|scroll-marker|column)\b",
    r"@(?:starting-style|scope|property|position-try|view-transition|font-palette-values|function|custom-media)\b",
    r"\blight-dark\(", r"\b(?:rgb|hsl|oklch|oklab|lch|lab|color)\(from\b", r"\bcontrast-color\(",
    r"(?<![\w-])(?:round|mod|rem|abs|sign|pow|sqrt|hypot|log|exp|calc-size|linear|shape|if|sibling-index|anchor)\(",
    r"(?<![\w-])text-(?:wrap|wrap-mode|wrap-style|box|box-trim|box-edge|spacing-trim|autospace)\s*:",
    r"(?<![\w-])(?:white-space-collapse|field-sizing|interpolate-size|transition-behavior|position-anchor|anchor-name|"
    r"position-area|view-transition-name|animation-timeline|scroll-timeline|animation-range|math-style|math-depth|"
    r"zoom|content-visibility|contain-intrinsic-size|scrollbar-color|scrollbar-gutter|font-size-adjust|hyphens|"
    r"backdrop-filter|user-select|reading-flow|corner-shape|offset-position|line-height-step|hanging-punctuation|"
    r"mask|mask-image|mask-size|mask-position|mask-repeat|print-color-adjust|box-decoration-break)\s*:",
    r"\d(?:lh|rlh|cap|rcap|rex|ric|rch)\b", r"\bdisplay\s*:\s*\w+ (?:math|grid|flex)\b",
    r"\battr\([^)]*\b(?:type|px|raw-string)\b", r"\(scripting\b|prefers-reduced-transparency|inverted-colors",
    r"@container[^{]*(?:style|scroll-state)\(",
]
MARKUP = [
    r"<(?:search|selectedcontent|geolocation|permission)\b",
    r"\bpopover(?:=|target\b)", r"\bcommandfor=", r"\binterestfor=", r"\bshadowrootmode=", r"html\.Search\b",
]


def plain(text: str, line_comments: bool = True) -> str:
    """A script or sheet without its comments."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"(?m)(?<![:'\"\\])//.*$", "", text) if line_comments else text


def found(patterns: list[str], text: str) -> list[str]:
    """What of the patterns stands in a text."""
    return [match[0] for pattern in patterns for match in re.finditer(pattern, text)]
