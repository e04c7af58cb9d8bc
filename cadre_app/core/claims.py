"""Claims: what a generated text says only where the records bear it out (demo-texts B17, what stands in 〔…〕)."""

from collections.abc import Callable

from cadre_app.core.figures import Asked
from cadre_app.core.registry import Registry

# By key: whether it holds for what is asked; a claim about nothing does not hold.
claims: Registry[Callable[[Asked], bool]] = Registry("claims of generated texts")
