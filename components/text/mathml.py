"""Mathematics: a formula in LaTeX as MathML, which browsers draw by themselves. The only user of latex2mathml.

Knows LaTeX of our own making, from the registries and from derivatives.py: nothing that anybody typed comes here as it
was typed. assets/base/mathml.js puts it on the page.
"""

import re
from functools import lru_cache
from html import escape

from latex2mathml.converter import convert

REMEMBERED = 256

THIN = '<mspace width="0.17em"/>'
# Browsers set "a" and "sin" side by side as "asin": MathML leaves the space to who writes it.
FUNCTION = r"<mi>[a-z]{2,}</mi>"
BEFORE = re.compile(rf"(</(?:mi|mn|mrow|msup|msub|mfrac|msqrt)>|&#x00029;</mo>)(?=(?:<msup>)?{FUNCTION})")
AFTER = re.compile(rf"({FUNCTION})(?=<m[in]>)")


@lru_cache(maxsize=REMEMBERED)
def mathml(latex: str) -> str:
    """The formula as one `<math>` element; LaTeX that the converter cannot read is shown as it is.

    >>> mathml("a x^2")
    '<math><mrow><mi>a</mi><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    """
    try:
        made = convert(latex)
    except Exception:  # the converter raises many kinds, of which some are no exceptions of its own
        return f"<math><mtext>{escape(latex)}</mtext></math>"
    return AFTER.sub(rf"\1{THIN}", BEFORE.sub(rf"\1{THIN}", re.sub(r"<math [^>]*>", "<math>", made)))
