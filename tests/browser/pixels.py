"""What a screenshot shows, as numbers. Knows pictures and contrast; not the page."""

import base64

import numpy as np
from playwright.sync_api import Browser, Page

from tests.colours import contrasts

# In a page without the lab's own policy, which fetches no data.
PIXELS = """async (png) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const { width, height } = image, context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height), parts = [];
    for (let i = 0; i < data.length; i += 3e4) parts.push(btoa(String.fromCharCode(...data.subarray(i, i + 3e4))));
    return { width, height, data: parts.join("") };
}"""


def shot(page: Page, box: dict | None = None) -> np.ndarray:
    """The page, or a box of it, as red, green and blue `(height, width, 3)`."""
    return decoded(page.context.browser, page.screenshot(clip=box, scale="css"))


def decoded(browser: Browser, png: bytes) -> np.ndarray:
    """A picture as red, green and blue `(height, width, 3)`, read by the browser."""
    page = browser.new_page()
    read = page.evaluate(PIXELS, base64.b64encode(png).decode())
    page.close()
    data = np.frombuffer(base64.b64decode(read["data"]), np.uint8)
    return data.reshape(read["height"], read["width"], 4)[..., :3]


def changed(ground: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """Which pixels of the ground a picture has painted over."""
    return np.abs(picture.astype(int) - ground).max(axis=-1) > 24


def strongest(ground: np.ndarray, picture: np.ndarray, width: int, height: int | None = None, least: int = 12) -> list:
    """The highest contrast that is painted on the ground in each window in which at least so many pixels are."""
    painted, ratio, found = changed(ground, picture), contrasts(ground, picture), []
    height = height or len(painted)
    for y in range(0, painted.shape[0], height):
        for x in range(0, painted.shape[1], width):
            window = np.s_[y:y + height, x:x + width]
            if painted[window].sum() >= least:
                found.append(float(ratio[window][painted[window]].max()))
    return found
