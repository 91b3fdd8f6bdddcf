"""Colours as eyes have them: contrast, and how near two of them are, for those who see all and for those who do not."""

import numpy as np

# Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 and 1.4.11.
READABLE, SEEN = 4.5, 3.0

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009) 1291-1298, table 1: severity 1.0, on
# linear RGB.
VISIONS = {
    "full": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
# IEC 61966-2-1: linear sRGB to CIE XYZ, and its white.
_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                 [0.0193339, 0.1191920, 0.9503041]])
_WHITE = _XYZ @ np.ones(3)


def linear(rgb) -> np.ndarray:
    """Channels from 0 to 255, in the last axis, as shares of light."""
    shares = np.asarray(rgb, float) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def channels(name: str) -> list[int]:
    """#rrggbb as red, green and blue."""
    return [int(name[i:i + 2], 16) for i in (1, 3, 5)]


def luminance(rgb) -> np.ndarray:
    """WCAG's relative luminance."""
    return linear(rgb) @ [0.2126, 0.7152, 0.0722]


def contrasts(one, other) -> np.ndarray:
    """WCAG's ratio of colours given by channels."""
    a, b = luminance(one), luminance(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def contrast(one: str, other: str) -> float:
    """The same of two #rrggbb."""
    return float(contrasts(channels(one), channels(other)))


def seen(rgb, vision: str) -> np.ndarray:
    """CIE Lab of colours as a kind of vision has them; distances in it are CIE76."""
    light = np.clip(linear(rgb) @ VISIONS[vision].T, 0, 1)
    t = light @ _XYZ.T / _WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)
