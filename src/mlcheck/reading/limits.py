"""What a file may cost before it is refused; every bound is far above any report."""

MAX_FILE = 512 * 2**20  # bytes on disk
MAX_UNPACKED = 512 * 2**20  # bytes of an archive once inflated
MAX_RATIO = 200  # inflated size over packed size, looked at above RATIO_FLOOR
RATIO_FLOOR = 16 * 2**20
MAX_MEMBERS = 10_000  # files in an archive
MAX_TOKEN = 2**20  # bytes of one XML tag: expat scans an unfinished one again at each chunk
MAX_XML = 128 * 2**20  # bytes of the XML parts that become trees in memory
MAX_PAGES = 1_500  # pages of a document, slides of a presentation
MAX_TEXT = 64 * 2**20  # bytes of a text or csv file
MAX_ROWS = 1_048_576  # of a sheet, as in Excel
MAX_COLUMNS = 16_384
MAX_AREA = 2**24  # rows × columns of the rectangle that holds all cells of a sheet
MAX_CELLS = 3_000_000  # cells of a document that are not empty
MAX_MERGES = 100_000  # merged ranges of a sheet
CHUNK = 2**16  # bytes read at a time
