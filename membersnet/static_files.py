"""Static files, named by their content and compressed; only what changed is compressed again."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

DECOMPRESS = {".br": brotli.decompress, ".gz": gzip.decompress}


class Changes(Compressor):
    """Leaves a file alone whose compressed versions are there and hold just what it holds.

    Compressing takes a hundred times as long as decompressing, and a version that an interrupted
    run left half written is found out.
    """

    def compress(self, path: str) -> list[str]:
        """Return the names of a file's compressed versions. WhiteNoise calls it in threads."""
        if all(is_whole(path, ending) for ending in DECOMPRESS):
            return [path + ending for ending in DECOMPRESS]
        made: list[str] = super().compress(path)
        return made


FOR_BUILDERS = "django_htmx/ext/"


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage of static files, with a compressor that knows what is done already.

    What a module imports has its digest in its name as well, so that no browser keeps an old part
    of a new page, nor loads the same module under two names.
    """

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, *args: Any, **options: Any) -> Callable[[Any], str]:
        """Leave alone what a package ships for builders: it names files that it does not bring."""
        if name.startswith(FOR_BUILDERS):
            return lambda found: found.group()
        convert: Callable[[Any], str] = super().url_converter(name, *args, **options)
        return convert

    def create_compressor(self, **options: Any) -> Compressor:
        return Changes(**options)


def is_whole(path: str, ending: str) -> bool:
    """Say whether a file's compressed version holds what the file holds."""
    try:
        compressed = Path(path + ending).read_bytes()
        return bool(DECOMPRESS[ending](compressed) == Path(path).read_bytes())
    except (OSError, EOFError, zlib.error, brotli.error):
        return False
