"""The types of the numpy arrays that hold columns. Importing them loads numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # whole numbers, flags, or Python's own numbers where 64 bits are too few
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
