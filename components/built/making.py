"""`python -m components.built.making node_modules folder`: makes the built form of the page with what npm has brought.

esbuild joins what the first picture needs into one chunk and what comes later into another, and the sheets into one,
each with its source map. Knows the import graph and the order of the sheets; no server, and no package but Python's
own, so that the image makes it before anything is installed.
"""

import json
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from components import browsers, modules, sheets
from components.built import PLOTLY, TOLD

BUNDLE = "plotly.js-cartesian-dist-min"
HINT = "//# allFunctionsCalledOnLoad\n"
"""Chrome then reads all functions while the file comes, beside the page's work, and not each at its first call."""
STYLES, LATER = "styles.css", "later.js"
ANY = "import(`./${path}`)"
"""How the entry brings a module by name, for the console and for tests."""
BROUGHT = re.compile(rf"(\bmodule\(\(\) => )?{modules.LATER.pattern}(?(1)\))")
"""A module that another one brings later, maybe by `server.module`, which may ask for the whole file once more."""
ENGINES = [f"{engine}{browsers.SERVED[name].split()[0]}"
           for engine, name in (("chrome", "Chrome and Edge"), ("firefox", "Firefox"), ("safari", "Safari"))]


def make(packages: Path, folder: Path) -> None:
    """Make the form in `folder`, which is emptied before, with the packages in `packages`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plotly = (packages / BUNDLE / "plotly-cartesian.min.js").read_text("utf-8")
    (folder / PLOTLY).write_text(HINT + plotly, "utf-8")
    with tempfile.TemporaryDirectory() as place:
        # Both in one place, for maps name sources by their way from what was made.
        sources, made = Path(place) / "assets", Path(place) / "page"
        shutil.copytree(modules.ASSETS, sources)
        entries = written(sources)
        subprocess.run(
            [
                esbuild(packages), *map(str, entries), "--bundle", "--splitting", "--format=esm", "--minify",
                "--sourcemap", "--chunk-names=[name]-[hash]", f"--target={','.join(ENGINES)}", "--log-level=warning",
                f"--outdir={made}", f"--metafile={place}/meta.json", f"--outbase={sources}",
            ],
            check=True, cwd=sources,
        )
        meta = json.loads((Path(place) / "meta.json").read_text("utf-8"))["outputs"]
        for path in made.iterdir():
            shutil.move(path, folder / path.name)
    told = {"sources": modules.digest(), "first": first(meta), "plotly": version(packages)}
    (folder / TOLD).write_text(json.dumps(told), "utf-8")


def esbuild(packages: Path) -> str:
    """The program in the package for this machine, which is the only one that npm brings."""
    found = [*packages.glob("@esbuild/*/bin/esbuild"), *packages.glob("@esbuild/*/esbuild.exe")]
    return str(found[0].resolve())


def version(packages: Path) -> str:
    """Of plotly.js."""
    return json.loads((packages / BUNDLE / "package.json").read_text("utf-8"))["version"]


def written(sources: Path) -> list[Path]:
    """The entries of the form: main.js, the sheets in their order, and what comes later, each module by its path.

    A module that another one brings later is had from that one file.
    """
    for name in modules.every():
        text = BROUGHT.sub(partial(had, name), modules.text(name))
        (sources / name).write_text(text.replace(ANY, f'import("./{LATER}").then(({{ all }}) => all[path])'), "utf-8")
    names = [name for name in modules.every() if name != modules.MAIN]
    listed = [f'import * as m{i} from "./{name}";' for i, name in enumerate(names)]
    table = ", ".join(f'"{name}": m{i}' for i, name in enumerate(names))
    (sources / LATER).write_text("\n".join([*listed, f"export const all = {{ {table} }};\n"]), "utf-8")
    rules = "\n".join(f'@import "./styles/{name}.css";' for name in sheets.LAB)
    (sources / STYLES).write_text(rules, "utf-8")
    return [sources / name for name in (modules.MAIN, LATER, STYLES)]


def had(name: str, found: re.Match) -> str:
    """How the module `name` imports later what `found` names."""
    here = posixpath.dirname(name)
    asking, wanted = found[1] or "", posixpath.normpath(posixpath.join(here, found[2]))
    brought = f'{asking}import("{relative(LATER, here)}")' + (")" if asking else "")
    return f'{brought}.then(({{ all }}) => all["{wanted}"])'


def relative(name: str, folder: str) -> str:
    """The path of a module from a folder, as an import writes it."""
    path = posixpath.relpath(name, folder or ".")
    return path if path.startswith(".") else f"./{path}"


def first(meta: dict) -> list[str]:
    """What the entry needs before it runs, and itself, by name."""
    by_name = {posixpath.basename(path): told for path, told in meta.items()}
    found: list[str] = []
    left = [modules.MAIN]
    while left:
        name = left.pop()
        found.insert(0, name)
        imported = [one["path"] for one in by_name[name]["imports"] if one["kind"] == "import-statement"]
        left += [base for base in map(posixpath.basename, imported) if base not in found]
    return found


if __name__ == "__main__":
    make(*(Path(path).resolve() for path in sys.argv[1:3]))
