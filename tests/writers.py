"""Finds, by reading the code, every function that writes offers, basket lines or order lines."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("marketplace", "catalogue", "authenticity", "cms")
MODELS = {
    ("marketplace.partner.models", "StockRecord"): "offer",
    ("marketplace.basket.models", "Line"): "basket line",
    ("marketplace.order.models", "Line"): "order line",
}
TABLES = {"offer": "partner_stockrecord", "basket line": "basket_line", "order line": "order_line"}
LABELS = {("partner", "StockRecord"): "offer", ("basket", "Line"): "basket line", ("order", "Line"): "order line"}
#: Relations and names by which the three are known where nothing says their type.
NAMES = {
    **dict.fromkeys(("stockrecords", "stockrecord", "stock_record", "offers", "offer"), "offer"),
    **dict.fromkeys(("lines", "line", "basket_line", "order_line", "basket_lines", "order_lines", "all_lines"), "line"),
}
WRITES = frozenset(
    (
        *("save", "save_base", "create", "acreate", "bulk_create", "abulk_create", "update", "aupdate", "add", "set"),
        *("get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create", "bulk_update", "abulk_update"),
    )
)
#: What Oscar writes when it is called by these names, whoever is asked.
OSCARS = frozenset(
    (
        *("add_product", "merge_line", "merge_baskets", "create_line_models", "place_order", "update_stock_records"),
        *("allocate", "consume_allocation", "cancel_allocation"),
        *("consume_stock_allocations", "cancel_stock_allocations"),
    )
)
_RAW = re.compile(
    rf"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|MERGE\s+INTO|COPY)\s+[\"`\[]?({'|'.join(TABLES.values())})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, order=True)
class Writer:
    """A function (`module.Class.name`), or a module itself, with what it writes."""

    function: str
    what: str


@dataclass
class _Module:
    """What the names of one module mean."""

    name: str
    models: dict[str, str] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)


def writers(root: Path = ROOT, rooms: tuple[str, ...] = ROOMS) -> set[Writer]:
    """Every writer in the rooms, migrations apart."""
    trees = {_module_name(path, root): ast.parse(path.read_text()) for path in _sources(root, rooms)}
    modules = {name: _Module(name, _models_of(name, tree)) for name, tree in trees.items()}
    returns: dict[str, str] = {}
    for name, tree in trees.items():
        returns |= _returned(tree, modules[name].models)
    found: set[Writer] = set()
    for name, tree in trees.items():
        modules[name].returns = returns
        found |= set(_in_body(tree.body, name, modules[name], {}, None))
    return found


def _sources(root: Path, rooms: tuple[str, ...]) -> Iterator[Path]:
    for room in rooms:
        yield from (path for path in sorted((root / room).rglob("*.py")) if "migrations" not in path.parts)


def _module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _models_of(module: str, tree: ast.Module) -> dict[str, str]:
    """The names under which a module knows the three models."""
    known = {model: what for (home, model), what in MODELS.items() if home == module}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                what = MODELS.get((node.module or "", alias.name))
                if what:
                    known[alias.asname or alias.name] = what
        elif isinstance(node, ast.Assign):
            known |= _got_models(node)
    return known


def _got_models(node: ast.Assign) -> dict[str, str]:
    """`Line = get_model("order", "Line")`, alone or in a tuple."""
    target, value = node.targets[0], node.value
    pairs = (
        zip(target.elts, value.elts, strict=False)
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
        else [(target, value)]
    )
    known = {}
    for name, call in pairs:
        if isinstance(name, ast.Name) and isinstance(call, ast.Call) and _called(call) in ("get_model", "get_class"):
            said = tuple(str(arg.value) for arg in call.args if isinstance(arg, ast.Constant))
            if said in LABELS:
                known[name.id] = LABELS[said]  # type: ignore[index]
    return known


def _returned(tree: ast.Module, models: dict[str, str]) -> dict[str, str]:
    """Functions that say they return one of the three, by name."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {one.name: what for one in functions if one.returns and (what := _mentioned(one.returns, models))}


def _mentioned(node: ast.AST, models: dict[str, str]) -> str:
    """The model an annotation names, also in quotes, in a list or beside None."""
    for part in ast.walk(node):
        name = part.id if isinstance(part, ast.Name) else part.value if isinstance(part, ast.Constant) else None
        if isinstance(name, str) and name in models:
            return models[name]
    return ""


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _in_body(
    body: list[ast.stmt], place: str, module: _Module, env: dict[str, str], own: str | None
) -> Iterator[Writer]:
    """Writers in a body: its functions under their own names, the rest under `place`. `own`: what `self` is."""
    rest: list[ast.AST] = []
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            rest += statement.decorator_list
            inside = _Scope(module, {**env, **_parameters(statement, module.models, own)}, own)
            yield from inside.read(statement.body, f"{place}.{statement.name}")
        elif isinstance(statement, ast.ClassDef):
            rest += statement.decorator_list
            mine = module.models.get(statement.name) if place == module.name else own
            yield from _in_body(statement.body, f"{place}.{statement.name}", module, env, mine)
        else:
            rest.append(statement)
    yield from _Scope(module, dict(env), own).read(rest, place)


def _parameters(
    function: ast.FunctionDef | ast.AsyncFunctionDef, models: dict[str, str], own: str | None
) -> dict[str, str]:
    given = function.args
    env = {
        arg.arg: _mentioned(arg.annotation, models)
        for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)
        if arg.annotation
    }
    return env | ({"self": own} if own else {})


class _Scope:
    """One function's names, and what it does with them."""

    def __init__(self, module: _Module, env: dict[str, str], own: str | None) -> None:
        self.module, self.env, self.own = module, env, own

    def read(self, body: list, place: str) -> Iterator[Writer]:
        nodes = [node for statement in body for node in ast.walk(statement)]
        for _pass in range(2):  # a name may be used above the line that tells what it is, in a loop
            for node in nodes:
                self._learn(node)
        for node in nodes:
            what = self._written(node)
            if what:
                yield Writer(place, what)

    def _learn(self, node: ast.AST) -> None:
        pairs: list[tuple[ast.AST, ast.AST | None]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            self.env[node.target.id] = _mentioned(node.annotation, self.module.models) or self.kind(node.value)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            pairs = [(node.target, node.iter)]
        elif isinstance(node, ast.NamedExpr):
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.FunctionDef):
            self.env |= _parameters(node, self.module.models, None)
        for target, value in pairs:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = (
                value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(names) else [value] * len(names)
            )
            for name, part in zip(names, values, strict=True):
                if isinstance(name, ast.Name) and (what := self.kind(part)):
                    self.env[name.id] = what

    def kind(self, node: ast.AST | None) -> str:
        """Which of the three an expression is, or is made of; empty when it is none of them."""
        if isinstance(node, ast.Name):
            return self.module.models.get(node.id) or self.env.get(node.id) or NAMES.get(node.id, "")
        if isinstance(node, ast.Attribute):
            return (
                self.kind(node.value)
                if node.attr in ("objects", "_default_manager", "_base_manager")
                else NAMES.get(node.attr, "")
            )
        if isinstance(node, ast.Subscript | ast.Starred | ast.Await):
            return self.kind(node.value)
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
            return self.kind(node.elt)
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return next((what for one in node.elts if (what := self.kind(one))), "")
        if isinstance(node, ast.BinOp | ast.BoolOp | ast.IfExp):
            parts = (
                [node.left, node.right]
                if isinstance(node, ast.BinOp)
                else node.values
                if isinstance(node, ast.BoolOp)
                else [node.body, node.orelse]
            )
            return next((what for one in parts if (what := self.kind(one))), "")
        return self._kind_of_call(node) if isinstance(node, ast.Call) else ""

    def _kind_of_call(self, node: ast.Call) -> str:
        if isinstance(node.func, ast.Name):
            if node.func.id in (
                "list",
                "sorted",
                "tuple",
                "set",
                "reversed",
                "min",
                "max",
                "iter",
                "next",
                "enumerate",
            ):
                return self.kind(node.args[0]) if node.args else ""
            if node.func.id in ("super", "type") and self.own:
                return self.own
            return self.module.models.get(node.func.id) or self.module.returns.get(node.func.id, "")
        if isinstance(node.func, ast.Attribute):
            if node.func.attr in ("values", "values_list", "aggregate", "count", "exists", "delete"):
                return ""
            return self.kind(node.func.value) or self.module.returns.get(node.func.attr, "")
        return ""

    def _written(self, node: ast.AST) -> str:
        if isinstance(node, ast.Constant | ast.JoinedStr):
            return self._in_sql(node)
        if (
            isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "model"
        ):  # a form's or an admin inline's
            return self.module.models.get(getattr(node.value, "id", ""), "")
        if not isinstance(node, ast.Call):
            return ""
        name = _called(node)
        if name == "register":  # an admin of one of the three
            return next((what for arg in node.args if (what := self.module.models.get(getattr(arg, "id", "")))), "")
        if isinstance(node.func, ast.Name):
            return self.module.models.get(name, "")
        if name in OSCARS:
            return self.kind(node.func.value) or "through Oscar"
        if name == "merge" and "basket" in ast.unparse(node.func):
            return "through Oscar"
        return self.kind(node.func.value) if name in WRITES else ""

    def _in_sql(self, node: ast.Constant | ast.JoinedStr) -> str:
        text = node.value if isinstance(node, ast.Constant) else "".join(map(self._as_sql, node.values))  # type: ignore[attr-defined]
        found = _RAW.search(text) if isinstance(text, str) else None
        return next((what for what, table in TABLES.items() if found and table == found.group(1).lower()), "")

    def _as_sql(self, part: ast.AST) -> str:
        if isinstance(part, ast.Constant):
            return str(part.value)
        names = [self.kind(node) for node in ast.walk(part) if isinstance(node, ast.Name)]
        return next((TABLES[what] for what in names if what in TABLES), "?")
