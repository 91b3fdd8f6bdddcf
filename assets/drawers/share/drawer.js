// The drawer "Share": its three sections, which come together. Knows their names.
import "./link.js";
import "./code.js";
import "./files.js";
