"""
What the code says of itself: predicates, errors, rules and commands.
"""

from __future__ import annotations

import inspect
import re
from typing import Any, Final

import attrs
import click

from dateline import errors, leaves, predicates, rules, where
from dateline.cli import main
from docpages.markdown import code, sentences, summary, table


#: What predicates ask that are neither of articles alone nor of claims alone.
_PECULIAR: Final = {
    "id": ("its own id, or that of one of its claims", "its own id, or its article's"),
    "contains": ("headline, abstract, or the statement of any claim", "its statement"),
    "basis": ("its own sources, or those of any claim", "its own sources"),
    "any_claim": ("one claim passes all of them at once", "its article has such a claim"),
}

OF_CLAIMS: Final = ("any of its claims", "the claim itself")
OF_ARTICLES: Final = ("the article itself", "its article")


def predicates_table() -> str:
    """
    Each predicate: what it keeps, and what it asks of an article and of a claim.
    """
    rows = [
        (code(leaf.word), summary(getattr(where, leaf.word)), *meaning_of(leaf)) for leaf in leaf_classes()
    ]

    return table(("predicate", "keeps", "on an article", "on a claim"), rows)


def leaf_classes() -> list[Any]:
    """
    The classes behind the words of :mod:`dateline.where`, in the order of that module.
    """
    found = {
        value.word: value
        for value in vars(leaves).values()
        if isinstance(value, type) and issubclass(value, predicates.Leaf) and "word" in vars(value)
    }

    return [found[word] for word in vars(where) if word in found]


def meaning_of(leaf: Any) -> tuple[str, str]:
    """
    What a predicate is asked of where articles are filtered, and where claims are.
    """
    if issubclass(leaf, predicates.ClaimLeaf):
        return OF_CLAIMS
    if issubclass(leaf, predicates.ArticleLeaf):
        return OF_ARTICLES

    return _PECULIAR[leaf.word]


def error_tree() -> str:
    """
    The tree that stands at the top of the errors' module.
    """
    drawn = inspect.cleandoc(errors.__doc__ or "").partition("::\n\n")[2]

    return f"```text\n{inspect.cleandoc(drawn)}\n```\n"


def errors_table() -> str:
    """
    Each error: what it tells, its built-in bases, and its data.
    """
    kinds = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.DatelineError)
    ]

    return table(("error", "says", "also a", "data"), map(_error, kinds))


def rules_table() -> str:
    """
    Each coded rule.
    """
    rows = [
        (code(name), f"{message}.", "error" if name.startswith("E") else "warning")
        for name, message in sorted(rules.MESSAGES.items())
    ]

    return table(("code", "rule", "if broken"), rows)


def commands() -> str:
    """
    What each command says of itself, a section each.
    """
    context = click.Context(main, info_name="dateline")
    found = ((name, main.get_command(context, name)) for name in main.list_commands(context))

    return "\n".join(_command(name, command, context) for name, command in found if command is not None)


def _error(kind: type) -> tuple[str, ...]:
    found = [base for base in kind.__mro__ if base.__module__ == "builtins" and base not in Exception.__mro__]
    nearest = [
        base for base in found if not any(other is not base and issubclass(other, base) for other in found)
    ]
    data = attrs.fields(kind) if attrs.has(kind) else ()

    return (
        code(kind.__name__),
        summary(kind),
        ", ".join(code(base.__name__) for base in nearest),
        ", ".join(code(field.name) for field in data),
    )


def _command(name: str, command: click.Command, context: click.Context) -> str:
    usage = " ".join([f"dateline {name}", *command.collect_usage_pieces(context)])
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    # As code, lest the two dashes of an option become one.
    told = [re.sub(r"(?<!\w)(--[a-z-]+)", r"`\1`", sentences(paragraph)) for paragraph in paragraphs]
    options = [option for option in command.params if isinstance(option, click.Option)]
    parts = [f"## {name}", f"```text\n{usage}\n```", *told]
    if options:
        parts.append(table(("option", "does"), map(_option, options)).rstrip())

    return "\n\n".join(parts) + "\n"


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join(option.opts)
    shown = names if option.is_flag else f"{names} {option.metavar or option.type.name.upper()}"
    default = f" Default: `{option.default}`." if option.show_default else ""

    return code(shown), f"{option.help}{default}"
