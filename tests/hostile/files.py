"""All hostile files: `HOSTILE`, in the order of their modules."""

from __future__ import annotations

from tests.hostile import archives as archives
from tests.hostile import images as images
from tests.hostile import legacy as legacy
from tests.hostile import markup as markup
from tests.hostile import opendocument as opendocument
from tests.hostile import pdf_contents as pdf_contents
from tests.hostile import pdf_fonts as pdf_fonts
from tests.hostile import pdf_images as pdf_images
from tests.hostile import pdf_locks as pdf_locks
from tests.hostile import pdf_streams as pdf_streams
from tests.hostile import pdf_structure as pdf_structure
from tests.hostile import texts as texts
from tests.hostile import word as word
from tests.hostile import workbooks as workbooks
from tests.hostile.catalogue import Hostile as Hostile
from tests.hostile.catalogue import entered

HOSTILE: tuple[Hostile, ...] = entered()
