"""What a parsed query reads, calls and counts, decided on the tree of DuckDB's own parser.

A tree is what ``json_serialize_sql`` gives. A comment, quotes or blanks within a call change the
text of a query, not its tree.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import duckdb

Tree = dict[str, Any]

ROW_MAKERS = frozenset({"range", "generate_series", "unnest", "repeat", "json_each", "json_tree"})
"""Table functions that read nothing but what they are given."""
_BARE = re.compile(r"(?:current_(?:date|time|timestamp)|local(?:time|timestamp))")
_UNLISTED = frozenset({"current_localtime", "current_localtimestamp", "version"})
"""Functions that DuckDB takes to be constant though they tell the time or the program."""
_TELLING = re.compile(r"\b(?:current_\w+|localtime\w*|duckdb_\w+|pragma_\w+)\b")
_CALLED = re.compile(r"\w+(?=\()")
UNVERIFIED, VERIFIED = "unverified", "verified"
"""Columns of a table that say of its rows: the names of cells, or whether all is verified."""


def nodes(tree: object, *, within: bool = True) -> Iterator[Tree]:
    """Every node of a tree; without ``within`` those of its subqueries are left out."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            yield node
            if within or node.get("class") != "SUBQUERY":
                waiting += reversed(list(node.values()))


def select_of(tree: Tree) -> Tree | None:
    """The one SELECT that a text is; None where it is anything else, or describes a table."""
    statements = tree.get("statements") or []
    if len(statements) != 1 or any(node.get("type") == "SHOW_REF" for node in nodes(tree)):
        return None
    found: Tree = statements[0]["node"]
    return found


def tables_read(tree: Tree) -> set[str]:
    """Names of the tables that a query reads, those that it defines itself left out."""
    own = {entry["key"].casefold() for node in nodes(tree)
           for entry in (node.get("cte_map") or {}).get("map", ())}  # fmt: skip
    read = {_full_name(node) for node in nodes(tree) if node.get("type") == "BASE_TABLE"}
    return {name for name in read if name.casefold() not in own}


def _full_name(table: Tree) -> str:
    parts = (table.get("catalog_name"), table.get("schema_name"), table["table_name"])
    return ".".join(part for part in parts if part)


def changing_word(tree: Tree) -> str | None:
    """What in a query may give another answer each time, or tells of the program; None if nothing.

    Chance, the present day, samples, the state of the database, and every table function that reads
    more than its arguments.
    """
    for node in nodes(tree):
        if node.get("sample"):
            return "SAMPLE"
        if node.get("type") == "COLUMN_REF" and _is_bare(node["column_names"]):
            return str(node["column_names"][0])
        if node.get("type") == "TABLE_FUNCTION":
            name = node["function"]["function_name"].casefold()
            if name not in ROW_MAKERS:
                return str(name)
        elif "function_name" in node and _is_changing(node):
            return str(node["function_name"])
    return None


def _is_bare(names: Sequence[str]) -> bool:
    return len(names) == 1 and _BARE.fullmatch(names[0].casefold()) is not None


def _is_changing(call: Tree) -> bool:
    name = call["function_name"].casefold()
    arguments = call.get("arguments") or call.get("children") or ()
    return name in _changing() or (name == "age" and len(arguments) == 1)  # age until today


@cache
def _changing() -> frozenset[str]:
    """Functions that DuckDB does not call consistent, and macros that are written with one."""
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            "SELECT lower(function_name), coalesce(stability, 'CONSISTENT'),"
            " lower(coalesce(macro_definition, '')) FROM duckdb_functions()"
            " WHERE function_type NOT IN ('table', 'table_macro', 'pragma')"
        ).fetchall()
    refused = {name for name, stability, _ in found if stability != "CONSISTENT"} | _UNLISTED
    refused -= {"error"}  # ends the query, and says nothing
    macros = {name: macro for name, _, macro in found}
    refused |= {name for name, macro in macros.items()
                if _TELLING.search(macro) or refused & set(_CALLED.findall(macro))}  # fmt: skip
    return frozenset(refused)


@cache
def _aggregates() -> frozenset[str]:
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            "SELECT DISTINCT lower(function_name) FROM duckdb_functions()"
            " WHERE function_type = 'aggregate'"
        ).fetchall()
    return frozenset(name for (name,) in found)


def counts(node: Tree) -> bool:
    """Whether a SELECT makes one row of several."""
    if node.get("group_expressions") or node.get("aggregate_handling") == "FORCE_AGGREGATES":
        return True
    return any("function_name" in one and one["function_name"].casefold() in _aggregates()
               and one.get("class") == "FUNCTION"
               for one in nodes(node["select_list"], within=False))  # fmt: skip


def rows_counted(tree: Tree, star: Tree) -> Tree | None:
    """The query of the rows that a query counts: all that its FROM and WHERE leave.

    Args:
        tree: A parsed query.
        star: What ``SELECT *`` selects, of a parsed query.

    Returns:
        None where the query counts nothing, so that its own rows are what it rests on.
    """
    node = select_of(tree)
    if node is None or node.get("type") != "SELECT_NODE" or not counts(node):
        return None
    whole = deepcopy(tree)
    found = whole["statements"][0]["node"]
    found |= {"select_list": deepcopy(star), "group_expressions": [], "group_sets": [],
              "aggregate_handling": "STANDARD_HANDLING", "having": None, "qualify": None,
              "modifiers": []}  # fmt: skip
    return whole


def with_marks(tree: Tree, columns: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """The marks that a query's rows can carry: column of the result, and SQL of its mark.

    A cell is marked where a table that the query reads says that it is not verified: the name of
    what it is made of stands in the row's ``unverified``; or the row's ``verified`` is false, which
    the last cell that the table gives carries. Of a query that counts, selects distinct rows or
    defines tables of its own nothing is known here; it may give a column ``verified`` itself.

    Args:
        tree: A parsed query.
        columns: Columns of each table that can be read, by its name.
    """
    node = select_of(tree)
    if (node is None or node.get("type") != "SELECT_NODE" or counts(node)
            or node["cte_map"]["map"]  # such a name may hide that of a table
            or any(one["type"] == "DISTINCT_MODIFIER" for one in node["modifiers"])):  # fmt: skip
        return []
    aliases = _aliases(node["from_table"], columns)
    made = [(_result_name(item), _sources(item, aliases, columns)) for item in node["select_list"]]
    last = {alias: at for at, (_, sources) in enumerate(made) for alias in sources}
    found = []
    for at, (name, sources) in enumerate(made):
        said = [_mark(alias, names, columns[aliases[alias]]) for alias, names in sources.items()
                if UNVERIFIED in columns[aliases[alias]] or last[alias] == at]  # fmt: skip
        if name and any(said):
            found.append((name, " OR ".join(mark for mark in said if mark)))
    return found


def _aliases(source: Tree, columns: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The known tables among those that a FROM joins, by the names that the query gives them."""
    if source.get("type") == "JOIN":
        return {**_aliases(source["left"], columns), **_aliases(source["right"], columns)}
    if source.get("type") == "BASE_TABLE" and _full_name(source) in columns:
        return {source["alias"] or source["table_name"]: source["table_name"]}
    return {}


def _sources(
    item: Tree, aliases: Mapping[str, str], columns: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """The columns that an expression is made of, by the alias of their table."""
    found: dict[str, set[str]] = {}
    for node in nodes(item, within=False):
        if node.get("type") != "COLUMN_REF":
            continue
        *of, name = node["column_names"]
        owners = [alias for alias, table in aliases.items()
                  if name in columns[table] and (not of or alias == of[-1])]  # fmt: skip
        if len(owners) == 1:
            found.setdefault(owners[0], set()).add(name)
    return found


def _mark(alias: str, names: set[str], known: Collection[str]) -> str:
    table = _quoted(alias, '"')
    if UNVERIFIED in known:
        listed = ", ".join(_quoted(name, "'") for name in sorted(names))
        return f"coalesce(list_has_any({table}.{UNVERIFIED}, [{listed}]), false)"
    return f"NOT coalesce({table}.{VERIFIED}, true)" if VERIFIED in known else ""


def _quoted(name: str, mark: str) -> str:
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def _result_name(item: Tree) -> str:
    if item.get("alias"):
        return str(item["alias"])
    return str(item["column_names"][-1]) if item.get("type") == "COLUMN_REF" else ""
