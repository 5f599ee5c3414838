"""What may stand next in a command line, for shells that complete it."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.shell_completion import CompletionItem


def periods_possible(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The periods of the scheme that stands before it in the line, newest first; none where it cannot be read."""
    # An option that has no value yet ends click's parsing: what stood before it in the line is left in `args`.
    said = (context.params.get("scheme"), *(context.params.get("schemes") or ()), *context.args)
    scheme = next((one for one in said if isinstance(one, str) and re.search(r"\.ya?ml$", one, re.IGNORECASE)), None)
    if scheme is None:
        return []
    from ..base.limits import DEFAULT_LIMITS
    from ..document_to_plan import loaded
    from ..proof_runs import periods_of

    document = loaded(scheme, None, DEFAULT_LIMITS).scheme
    named = [] if document is None else [str(one) for one in periods_of(document)]
    return [CompletionItem(one) for one in reversed(named) if one.startswith(begun)]


def schemes_possible(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Files that end like a scheme, and folders on the way to one."""
    folder = Path(begun) if begun.endswith("/") else Path(begun).parent
    found = []
    try:
        for path in sorted(folder.iterdir()):
            said = begun[: begun.rfind("/") + 1] + path.name
            if not said.startswith(begun) or path.name.startswith("."):
                continue
            if path.is_dir():
                found.append(CompletionItem(said + "/"))
            elif path.suffix.lower() in (".yaml", ".yml"):
                found.append(CompletionItem(said))
    except OSError:
        return []
    return found
