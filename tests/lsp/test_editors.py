"""Real editors with the configurations of `lsp/editors`, without a screen. What is not installed here is not tested here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EDITORS = Path(__file__).parent.parent.parent / "lsp" / "editors"

needs_neovim = pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")
needs_emacs = pytest.mark.skipif(shutil.which("emacs") is None, reason="Emacs is not installed")


def driven(tmp_path: Path, *command: str) -> str:
    """What an editor printed, on either stream, when it was driven; it has to end well."""
    server = f"{sys.executable} -m contractlang lsp"
    # Neither the configuration nor the state of whoever runs the tests.
    homes = {
        name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    environment = os.environ | homes | {"CONTRACTLANG_COMMAND": server}
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120, env=environment)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output


@needs_neovim
@pytest.mark.seconds(120)
def test_neovim_underlines_a_typo_fixes_it_and_exports(tmp_path: Path) -> None:
    output = driven(tmp_path, "nvim", "--headless", "--clean", "-S", str(EDITORS / "neovim" / "demo.lua"))
    assert re.search(r"Underlined: .*frist", output)
    assert "port | Number = std.array.first ports," in output
    assert re.search(r"Exported:\s+name: web\s+port: 8080", output)


def has_eglot() -> bool:
    found = subprocess.run(
        ["emacs", "--batch", "--eval", "(progn (require 'package) (package-activate-all) (require 'eglot))"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    return found.returncode == 0


@needs_emacs
@pytest.mark.seconds(120)
def test_emacs_reports_a_typo_and_exports(tmp_path: Path) -> None:
    if not has_eglot():
        pytest.skip("this Emacs has no eglot")
    folder = EDITORS / "emacs"
    output = driven(tmp_path, "emacs", "--batch", "-L", str(folder), "-l", str(folder / "demo.el"))
    assert "Face of let: font-lock-keyword-face" in output
    assert re.search(r"Reported: .*frist", output)
    assert '"port": 8080' in output


INDENTED = """\
{
  a = [
    1,
    {
      b = 2,
    },
  ],
  text = m%"
 left alone
"%,
}
"""


@needs_emacs
def test_emacs_indents_by_brackets(tmp_path: Path) -> None:
    file = tmp_path / "flat.ncl"
    file.write_text(re.sub(r"(?m)^ +(?!left)", "", INDENTED))
    program = f'(progn (find-file "{file.as_posix()}") (indent-region (point-min) (point-max)) (princ (buffer-string)))'
    emacs = ["emacs", "--batch", "-L", str(EDITORS / "emacs"), "-l", "contractlang-mode", "--eval", program]
    done = subprocess.run(emacs, capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout == INDENTED


def test_the_configurations_can_be_read_and_start_the_server() -> None:
    helix = tomllib.loads((EDITORS / "helix" / "languages.toml").read_text(encoding="utf-8"))
    assert helix["language-server"]["contractlang"] | {"config": {}} == {
        "command": "contractlang",
        "args": ["lsp"],
        "config": {},
    }
    assert helix["language"][0]["language-servers"] == ["contractlang"]
    zed = re.sub(r"(?m)^//.*$", "", (EDITORS / "zed" / "settings.json").read_text(encoding="utf-8"))
    assert json.loads(zed)["lsp"]["nls"]["binary"] == {"path": "contractlang", "arguments": ["lsp"]}
