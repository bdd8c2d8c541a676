"""Tables and views for other programs: the only home of pyarrow and xlsxwriter."""

from chatprobe.export.export import Done, Progress, export, exportable
from chatprobe.export.formats import FORMATS, meant
from chatprobe.export.writing import Format, Wanted

__all__ = ["FORMATS", "Done", "Format", "Progress", "Wanted", "export", "exportable", "meant"]
