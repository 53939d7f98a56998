"""
What is run on this project, by people and by CI alike.

`nox` makes an environment for each session.
`nox --no-venv -s lint` takes the one it stands in, which must hold what the session needs.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

import nox


nox.needs_version = ">=2025.10.14"
nox.options.error_on_missing_interpreters = True
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "types", "tests", "docs", "data", "wheel", "changelog"]

ROOT = Path(__file__).resolve().parent
GROUPS = nox.project.load_toml(ROOT / "pyproject.toml")

#: The folder with the vectors that citations are held against, which are not part of the project either.
VECTORS = ROOT.parent / "shared" / "citing"

#: The folder of official schemas, which is not part of it either.
SCHEMAS = ROOT.parent / "shared" / "schemas"

#: The folder with copies of the articles' texts, which are not part of the project.
TEXTS = Path(os.environ.get("DATELINE_TEXTS") or ROOT.parent / "shared" / "seeds")

DATASET = "ukraine-2022"


def install(session: nox.Session, *, extras: str = "", groups: tuple[str, ...] = ()) -> None:
    """
    Put the project and some of its tools into the session's environment, if it has one of its own.
    """
    if session.venv_backend == "none":
        return

    tools = nox.project.dependency_groups(GROUPS, *groups)
    session.install("-e", f".[{extras}]" if extras else ".", *tools)


@nox.session
def lint(session: nox.Session) -> None:
    """
    Form, layers, spelling and house rules.
    """
    install(session, groups=("lint",))
    session.run("ruff", "format", "--check")
    session.run("ruff", "check")
    session.run("lint-imports")
    session.run("codespell")
    session.run("interrogate", "--quiet", "tests")
    for rule in ("no_splitlines", "documented_names", "documented_fields"):
        session.run("python", f"scripts/{rule}.py")


@nox.session
def types(session: nox.Session) -> None:
    """
    The package, and the README's calls as its users' type checkers see them.
    """
    install(session, groups=("types",))
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """
    Everything that pytest finds, examples included, with every line and branch taken.

    A few branches of the style processor are taken by the vectors only; without those, 99 in 100 will do.
    """
    install(session, extras="test")
    session.run("coverage", "erase")
    # A file's tests stay together: the examples of a page build on one another.
    parallel = ("--numprocesses=auto", "--dist=loadfile")
    session.run("coverage", "run", "-m", "pytest", *parallel, *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report", f"--fail-under={100 if VECTORS.is_dir() else 99}")


@nox.session
def properties(session: nox.Session) -> None:
    """
    The laws, at length.
    """
    install(session, extras="test")
    session.run("pytest", "-m", "properties", "--hypothesis-profile=long", "tests", *session.posargs)


@nox.session
def frames(session: nox.Session) -> None:
    """
    The same predicates on every engine, at length, Spark among them; what is absent is no success.
    """
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        session.error("Spark needs Java 17 or later")

    install(session, extras="polars,spark,test")
    session.run("python", "-c", "import duckdb, pandas, polars, pyarrow, pyspark")
    session.run(
        *("pytest", "--hypothesis-profile=long", "tests/frames", "tests/building/test_spark.py"),
        *session.posargs,
    )


@nox.session
def interop(session: nox.Session) -> None:
    """
    Formats and descriptors as other programs take them, as a table; what is absent is no success.
    """
    install(session, extras="test", groups=("interop",))
    # No pip brings these; without the official schemas, what is held against them is absent too.
    absent = ("biber", "BibTeX", "Citation.js") if SCHEMAS.is_dir() else ()
    session.run("python", "scripts/interop_table.py", "--allow-absent", *absent, *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """
    The documentation: every reference resolves, and no warning.
    """
    install(session, extras="docs")
    session.run(
        *("sphinx-build", "--nitpicky", "--fail-on-warning", "--keep-going", "--quiet"),
        *("--fresh-env", "docs", "docs/_build/html"),
    )


@nox.session
def data(session: nox.Session) -> None:
    """
    The newest release, rebuilt from its curated source, has the same bytes.
    """
    install(session)
    shipped = newest(ROOT / "src" / "dateline" / "releases" / DATASET)
    scratch = Path(session.create_tmp()).resolve() / "releases"
    shutil.rmtree(scratch, ignore_errors=True)
    # A release tells what changed since the one before.
    leave_out = shutil.ignore_patterns(shipped.name)
    shutil.copytree(shipped.parent, scratch / DATASET, ignore=leave_out)
    session.run("python", "-m", "dateline", "release", f"data/{DATASET}", "--into", str(scratch))
    rebuilt = newest(scratch / DATASET)
    differing = differences(shipped, rebuilt)
    if differing:
        session.error(
            f"not what data/{DATASET} gives: {', '.join(differing)}; a release is never changed: "
            "undo, or raise the version and release anew"
        )


@nox.session
def wheel(session: nox.Session) -> None:
    """
    The wheel: the same bytes from the tree and from the sdist, and whole, installed and zipped.
    """
    install(session, groups=("release",))
    scratch = Path(session.create_tmp()).resolve() / "wheel"
    shutil.rmtree(scratch, ignore_errors=True)
    for name in ("tree", "sdist", "unpacked", "again"):
        (scratch / name).mkdir(parents=True)

    session.run("hatchling", "build", "-t", "wheel", "-d", str(scratch / "tree"))
    session.run("hatchling", "build", "-t", "sdist", "-d", str(scratch / "sdist"))
    [sdist] = (scratch / "sdist").iterdir()
    shutil.unpack_archive(sdist, scratch / "unpacked", filter="data")
    [source] = (scratch / "unpacked").iterdir()
    with session.chdir(source):
        session.run("hatchling", "build", "-t", "wheel", "-d", str(scratch / "again"))

    [built] = (scratch / "tree").iterdir()
    if not filecmp.cmp(built, scratch / "again" / built.name, shallow=False):
        session.error(f"{built.name} must come out the same from the tree and from the sdist")

    session.run("python", "-m", "venv", str(scratch / "elsewhere"))
    python = str(scratch / "elsewhere" / "bin" / "python")
    check = str(ROOT / "scripts" / "check_wheel.py")
    session.run(python, "-m", "pip", "install", "--quiet", str(built), external=True)
    with session.chdir(scratch):
        session.run(python, check, str(scratch / "elsewhere"), external=True)
        session.run(python, check, str(built), external=True, env={"PYTHONPATH": str(built)})


@nox.session
def changelog(session: nox.Session) -> None:
    """
    The changelog's next section, as its fragments give it.
    """
    install(session, groups=("release",))
    session.run("towncrier", "build", "--draft")


@nox.session
def coverage(session: nox.Session) -> None:
    """
    How much of the real texts the annotations account for; skipped where there are no texts.
    """
    if not TEXTS.is_dir():
        session.skip(f"no copies of the texts in {TEXTS}; set DATELINE_TEXTS")

    install(session)
    session.run("python", "-m", "dateline", "coverage", f"data/{DATASET}", "--texts", str(TEXTS))


@nox.session
def anchoring(session: nox.Session) -> None:
    """
    How well spans are found again in changed copies; of invented texts only where there are no real ones.
    """
    install(session)
    session.run("python", "scripts/anchoring_table.py", *session.posargs)


@nox.session
def citing(session: nox.Session) -> None:
    """
    How far citations agree with other processors; skipped where there are no vectors.
    """
    if not VECTORS.is_dir():
        session.skip(f"no vectors in {VECTORS}")

    install(session, extras="test")
    session.run("python", "scripts/citing_table.py", env={"PYTHONPATH": "tests"})


@nox.session
def bench(session: nox.Session) -> None:
    """
    Import, load, decode, cite, formats and attaching, beside the peers: ratios of one run.
    """
    # Not editable: measured is what users install, its bytecode compiled.
    if session.venv_backend != "none":
        session.install("--force-reinstall", "--no-deps", ".")
        session.install(".[bench]")
    session.run("python", "bench", *session.posargs)


@nox.session
def scale(session: nox.Session) -> None:
    """
    Stores, filters and building over growing archives, beside what one would write by hand.
    """
    install(session, extras="bench,dedup,frames,language,spark")
    for name in ("store", "filter", "read", "build", "dedup"):
        session.run("python", f"bench/scale/bench_{name}.py")


def newest(releases: Path) -> Path:
    """
    The folder of the highest version among *releases*.
    """
    return max(
        (folder for folder in releases.iterdir() if folder.is_dir()),
        key=lambda folder: tuple(map(int, folder.name.split("."))),
    )


def differences(one: Path, other: Path) -> list[str]:
    """
    The files that are not the same, byte for byte, in both folders.
    """
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }

    return sorted(names - set(filecmp.cmpfiles(one, other, sorted(names), shallow=False)[0]))
