from . import special as special
