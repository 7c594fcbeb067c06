"""Codes of files, imports and the command line."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

LOADING = (
    Entry(
        "import-failed",
        "an import leads to no readable file",
        "The path was looked for beside the importing file and then in each import path (`-I`, `NICKEL_IMPORT_PATH`), in the "
        "places that the notes list. A directory counts as not found. Imports are resolved even if nothing uses them.",
        'let unused = import "does-not-exist.ncl" in 1',
        "1",
    ),
    Entry(
        "import-cycle",
        "files import each other and the values need one another",
        "Files may import each other, but the value of one must not need itself on the way. The chain of imports shows how it "
        "comes back. Move what both need into a third file.",
    ),
    Entry(
        "outside-import-root",
        "an import leads out of the permitted directory",
        "With `--import-root DIR` imports may only reach files in and below that directory; links are followed before that is "
        "judged. Nothing is said about whether the file exists.",
        "$ contractlang export main.ncl --import-root .   # main.ncl imports ../secret.json",
        "$ contractlang export main.ncl --import-root ..",
        command=True,
    ),
    Entry(
        "missing-dependency",
        "the package is not among the dependencies",
        "`import name` without quotes imports a package that the manifest lists under that name. The name is misspelled, or the "
        "dependency is not declared.",
    ),
    Entry(
        "no-package-manifest",
        "a package is imported, but there is no manifest",
        "`import name` without quotes imports a package by the project's manifest, and there is none. To import a file, put its "
        "path between quotes.",
        "import helpers",
        'import "helpers.ncl"',
        command=True,
    ),
    Entry(
        "file-not-found",
        "there is no such file",
        "A file named on the command line does not exist. Relative names are relative to the working directory.",
        "$ contractlang export mian.ncl",
        "$ contractlang export main.ncl",
        command=True,
    ),
    Entry(
        "not-a-file",
        "a directory stands where a file is expected",
        "The name leads to a directory. Commands take files; name the one that is the entry, often `main.ncl`.",
        "$ contractlang export conf/",
        "$ contractlang export conf/main.ncl",
        command=True,
    ),
    Entry(
        "not-a-program",
        "a data file stands where a program is expected",
        "Only programs, whose names end in `.ncl`, are formatted and migrated. JSON, YAML, TOML and text are left as they are.",
        "$ contractlang format values.yaml",
        "$ contractlang format main.ncl",
        command=True,
    ),
    Entry(
        "invalid-utf8",
        "a file is not UTF-8 text",
        "Programs and data files are read as UTF-8. The message gives the first byte that is none, counted from 0, and its "
        "line. The file may be in another encoding (then convert it: `iconv -f latin1 -t utf-8`), or no text at all.",
        "$ printf '\"caf\\351\"' > latin1.ncl\n$ contractlang export latin1.ncl",
        "$ iconv -f latin1 -t utf-8 latin1.ncl > main.ncl\n$ contractlang export main.ncl",
        command=True,
    ),
    Entry(
        "io-error",
        "the system refused to read or write",
        "The operating system gave the reason that the message shows: no permission, a full disk, a closed output. A failed "
        "export leaves an existing output file as it was.",
    ),
    Entry(
        "not-formatted",
        "a program is not in the canonical layout",
        "`contractlang format --check` was asked for. The place is where the layout differs first; the program means the same in "
        "any layout. `contractlang format` puts it in order, and `contractlang format --diff` shows what that would change. "
        "Programs of the 2021 edition are left as they are, with a warning.",
        "$ printf '{a=1}' > main.ncl\n$ contractlang format --check main.ncl",
        "$ contractlang format main.ncl\n$ contractlang format --check main.ncl",
        command=True,
    ),
    Entry(
        "unknown-format",
        "an unknown format of data",
        "Documents are written as `json`, `yaml`, `yaml-documents`, `toml` or `text`.",
        "$ contractlang export main.ncl -f xml",
        "$ contractlang export main.ncl -f json",
        command=True,
    ),
    Entry(
        "repl-unknown-command",
        "an unknown command in the interactive session",
        "A line that begins with `:` is a command to the session. `:help` lists them.",
    ),
    Entry(
        "repl-missing-argument",
        "a command of the interactive session lacks its argument",
        "The command needs a name or a file behind it. `:help` shows what each command takes.",
    ),
    Entry(
        "repl-invalid-path",
        "the path of a query cannot be read",
        'After `:query` stands a path of field names, such as `server.port` or `labels."my label"`.',
    ),
)
