# The part of simpleeval that the referee stands on; the library has no types of its own.
import ast
from collections.abc import Callable, Mapping
from typing import Any

class InvalidExpression(Exception): ...

class SimpleEval:
    operators: dict[type[ast.AST], Callable[..., Any]]
    functions: dict[str, Callable[..., Any]]
    names: Mapping[str, Any] | Callable[[ast.Name], Any]
    nodes: dict[type[ast.AST], Callable[..., Any]]
    expr: str
    def __init__(
        self,
        operators: Mapping[type[ast.AST], Callable[..., Any]] | None = ...,
        functions: Mapping[str, Callable[..., Any]] | None = ...,
        names: Mapping[str, Any] | Callable[[ast.Name], Any] | None = ...,
        allowed_attrs: Mapping[type, set[str]] | None = ...,
    ) -> None: ...
    @staticmethod
    def parse(expr: str) -> ast.expr | ast.Expr: ...
    def eval(self, expr: str, previously_parsed: ast.AST | None = ...) -> Any: ...
    def _eval(self, node: ast.AST) -> Any: ...
