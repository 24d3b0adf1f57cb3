from pathlib import Path

import pytest

from graph_schema.generate import TARGETS, main, render, stale


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return render()


@pytest.fixture
def tree(tmp_path: Path, contents: dict[str, bytes]) -> Path:
    for path, text in contents.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text)
    return tmp_path


def test_the_repository_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_rendering_twice_gives_the_same_bytes(contents: dict[str, bytes]) -> None:
    assert render() == contents


@pytest.mark.parametrize("path", sorted(TARGETS))
def test_a_changed_file_is_named(tree: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tree / path
    file.write_bytes(file.read_bytes() + b"\n")
    assert main(["--check"], root=tree) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{path} is stale: run python -m graph_schema.generate"
    ]


def test_a_missing_file_is_named_and_written(tree: Path, contents: dict[str, bytes]) -> None:
    (tree / "app/model/eco.py").unlink()
    assert stale(tree, contents) == ["app/model/eco.py"]
    assert main([], root=tree) == 0
    assert stale(tree, contents) == []


def test_check_writes_nothing(tmp_path: Path) -> None:
    assert main(["--check"], root=tmp_path) == 1
    assert list(tmp_path.iterdir()) == []
