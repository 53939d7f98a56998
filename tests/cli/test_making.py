from __future__ import annotations

import dateline
from dateline.own_releases import read_release


def test_fingerprint_names_its_file(run, source, texts):
    """
    Fingerprint prints the file that it has written.
    """
    result = run("fingerprint", source, texts)

    assert (result.exit_code, result.stdout) == (0, f"{source / 'fingerprints.json'}\n")


def test_another_text_is_refused(run, source, texts):
    """
    A text that was not annotated ends with 3, and nothing is written.
    """
    (texts / "ferry.txt").write_text("Another text.")
    result = run("fingerprint", source, texts)

    assert (result.exit_code, (source / "fingerprints.json").exists()) == (3, False)


def test_release_prints_the_pin(run, curated, tmp_path):
    """
    Release prints the pin of what it has made, the folder, the manifest's digest and the number of changes.
    """
    result = run("release", curated, "--into", tmp_path / "releases")
    folder = tmp_path / "releases" / "small" / "1.0.0"
    pin, place, _, changes = result.stdout.split("\n")[:4]

    assert (result.exit_code, pin, place) == (0, str(read_release(folder).pin), f"folder    {folder}")
    assert changes == "changes   3 records"


def test_a_release_is_a_dataset(run, curated, tmp_path):
    """
    A folder that release has made can be named wherever a dataset can.
    """
    run("release", curated, "--into", tmp_path / "releases")

    assert run("show", "Tomas Berg", "--from", tmp_path / "releases" / "small" / "1.0.0").exit_code == 0


def test_releases_are_kept_here(run, curated, tmp_path, monkeypatch):
    """
    Without a folder, releases are kept in releases, here.
    """
    monkeypatch.chdir(tmp_path)
    run("release", curated)

    assert (tmp_path / "releases" / "small" / "1.0.0" / "manifest.json").is_file()


def test_a_release_is_never_changed(run, curated, tmp_path):
    """
    A version that exists is refused with 3.
    """
    run("release", curated, "--into", tmp_path)
    result = run("release", curated, "--into", tmp_path)

    assert (result.exit_code, "give the change a new version" in result.stderr) == (3, True)


def test_an_unwritable_folder_is_refused(run, curated, tmp_path):
    """
    If the folder cannot be made, release ends with 3 and a message.
    """
    (tmp_path / "file").write_text("")
    result = run("release", curated, "--into", tmp_path / "file")

    assert (result.exit_code, "was not written" in result.stderr) == (3, True)


def test_the_public_name_reads_it_too(curated, run, tmp_path):
    """
    What was released by the command has the digest that its pin names.
    """
    run("release", curated, "--into", tmp_path)
    corpus = read_release(tmp_path / "small" / "1.0.0")

    assert corpus.pin == dateline.Pin("small", "1.0.0", corpus.digest)
