"""Every cell of an xlsx workbook against openpyxl, which reads it in another way."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from workbooks_path import workbooks  # type: ignore[import-not-found]

from mlcheck.model.document import Cell, Document, Grid, Merge
from mlcheck.reading import read
from mlcheck.reading.number_format import show
