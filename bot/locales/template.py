"""What translators start from: every sentence of the sources, collected into `unigo.pot` beside this module.

`python -m bot.locales.template` (`make catalogues`) writes it anew and brings the catalogues of all languages into
step with it; with `--check` nothing is written, and the exit status is 1 if something is out of step. The files
hold no dates and no line numbers, so they change only when a sentence does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "unigo.pot"
SOURCES = "handlers"
KEYWORDS = {"_": None, "plain": None, "n": (1, 2)}
"""The calls whose arguments are sentences: those of `bot.locales.catalogues.Translator`."""
_HEADER = """\
# The sentences of the UNIGO bot, to be translated. Words in {braces} are
# filled in and stay as they are; <b> and the like are formatting. Sentences
# for buttons and commands are short: keep them so."""
_NOT_KEPT = ("POT-Creation-Date:", "PO-Revision-Date:", "Project-Id-Version:", "Generated-By:")
_PLACEHOLDERS = ("EMAIL@ADDRESS", "LL@li.org")


def catalogues() -> Iterator[tuple[Path, bytes]]:
    """Each file as it should be: the template, and the catalogue of every language that there is one of."""
    template = _template()
    yield TEMPLATE, _text(template)
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/unigo.po")):
        catalogue = read_po(BytesIO(path.read_bytes()), locale=path.parents[1].name)
        # A sentence that was changed a little keeps its translation, marked "fuzzy": it is not used until looked at.
        catalogue.update(template, update_header_comment=True)
        yield path, _text(catalogue)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or check them; returns the exit status."""
    only_check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    outdated = [(path, content) for path, content in catalogues() if not path.exists() or path.read_bytes() != content]
    for path, content in outdated:
        if only_check:
            sys.stderr.write(f"{path.relative_to(ROOT)} is not in step with the sources: run make catalogues\n")
        else:
            path.write_bytes(content)
            sys.stdout.write(f"{path.relative_to(ROOT)} is written\n")
    return 1 if only_check and outdated else 0


def _template() -> Catalog:
    catalog = Catalog(header_comment=_HEADER, fuzzy=False)
    for source in sorted((ROOT / SOURCES).rglob("*.py")):
        found = extract_from_file("python", source, keywords=KEYWORDS, comment_tags=("Translators:",))
        for line, sentence, comments, _context in found:
            catalog.add(sentence, locations=[(source.relative_to(ROOT).as_posix(), line)], auto_comments=comments)
    return catalog


def _text(catalog: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, catalog, width=110, include_lineno=False)
    return b"".join(line for line in written.getvalue().splitlines(keepends=True) if not _is_noise(line.decode()))


def _is_noise(line: str) -> bool:
    """Header lines that change by themselves, or that say nothing."""
    return line.startswith(tuple(f'"{name}' for name in _NOT_KEPT)) or any(word in line for word in _PLACEHOLDERS)


if __name__ == "__main__":
    sys.exit(main())
