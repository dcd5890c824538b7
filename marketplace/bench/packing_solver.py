"""One packing question as a CP-SAT model, run by a Python of its own that has OR-Tools: JSON in, JSON out, nothing of ours.

Lengths are in the unit of the question. The rules are the packer's: inside, apart, four fifths of the base supported, nothing on
a fragile or lighter piece, upright stays so.
"""

import json
import sys
from itertools import combinations, permutations

from ortools.sat.python import cp_model


class Question:
    """Pieces, kinds of cartons and how many cartons there may be; the fewest cartons, then the least room, are sought."""

    def __init__(self, asked: dict) -> None:
        self.pieces, self.kinds, self.most = asked["pieces"], asked["kinds"], asked["most"]
        self.model = cp_model.CpModel()
        self.reach = [max(kind["sides"][axis] for kind in self.kinds) for axis in range(3)]
        self._cartons()
        self._poses()
        for one, two in combinations(range(len(self.pieces)), 2):
            self._apart(one, two)
        for upper in range(len(self.pieces)):
            self._supported(upper)

    def _bool(self):
        return self.model.new_bool_var("")

    def _cartons(self) -> None:
        add, kinds = self.model.add, range(len(self.kinds))
        self.kind = [[self._bool() for _ in kinds] for _ in range(self.most)]
        self.inside = [[self._bool() for _ in range(self.most)] for _ in self.pieces]
        for row in self.inside:
            add(sum(row) == 1)
        for carton, row in enumerate(self.kind):
            add(sum(row) <= 1)
            weight = sum(piece["weight"] * self.inside[at][carton] for at, piece in enumerate(self.pieces))
            add(weight <= sum(kind["weight"] * row[at] for at, kind in enumerate(self.kinds)))
        room = sum(kind["outer"] * row[at] for row in self.kind for at, kind in enumerate(self.kinds))
        above_all = self.most * max(kind["outer"] for kind in self.kinds) + 1
        self.model.minimize(room + above_all * sum(each for row in self.kind for each in row))

    def _poses(self) -> None:
        add = self.model.add
        self.start, self.end, self.base = [], [], []
        for at, piece in enumerate(self.pieces):
            ways = [
                way for way in set(permutations(piece["sides"])) if not piece["upright"] or way[2] == piece["sides"][2]
            ]
            turned = [self._bool() for _ in ways]
            add(sum(turned) == 1)
            start = [self.model.new_int_var(0, reach, "") for reach in self.reach]
            end = [
                start[axis] + sum(way[axis] * each for way, each in zip(ways, turned, strict=True)) for axis in range(3)
            ]
            for carton, row in enumerate(self.kind):
                for axis in range(3):
                    limit = sum(kind["sides"][axis] * row[k] for k, kind in enumerate(self.kinds))
                    add(end[axis] <= limit).only_enforce_if(self.inside[at][carton])
            self.start.append(start)
            self.end.append(end)
            self.base.append(sum(way[0] * way[1] * each for way, each in zip(ways, turned, strict=True)))

    def _apart(self, one: int, two: int) -> None:
        ways = []
        for first, second in ((one, two), (two, one)):
            bad = self.pieces[first]["fragile"] or self.pieces[first]["weight"] < self.pieces[second]["weight"]
            for axis in range(3):
                before = self._bool()
                gap = 1 if axis == 2 and bad else 0
                self.model.add(self.end[first][axis] + gap <= self.start[second][axis]).only_enforce_if(before)
                ways.append(before)
        for carton in range(self.most):
            both = [self.inside[one][carton].negated(), self.inside[two][carton].negated()]
            self.model.add_bool_or([*ways, *both])

    def _supported(self, upper: int) -> None:
        floor, contacts = self._bool(), []
        self.model.add(self.start[upper][2] == 0).only_enforce_if(floor)
        for lower, piece in enumerate(self.pieces):
            if lower != upper and not piece["fragile"] and piece["weight"] >= self.pieces[upper]["weight"]:
                contacts.append(self._contact(upper, lower))
        self.model.add(5 * sum(contacts) >= 4 * self.base[upper]).only_enforce_if(floor.negated())

    def _contact(self, upper: int, lower: int):
        """At most what the two share where the one stands on the other; the model may say less, never more."""
        model, stands = self.model, self._bool()
        model.add(self.start[upper][2] == self.end[lower][2]).only_enforce_if(stands)
        for carton in range(self.most):
            model.add(self.inside[upper][carton] == self.inside[lower][carton]).only_enforce_if(stands)
        shared = []
        for axis in (0, 1):
            length = model.new_int_var(0, self.reach[axis], "")
            for end, start in ((upper, upper), (upper, lower), (lower, upper), (lower, lower)):
                model.add(length <= self.end[end][axis] - self.start[start][axis]).only_enforce_if(stands)
            model.add(length == 0).only_enforce_if(stands.negated())
            shared.append(length)
        area = model.new_int_var(0, self.reach[0] * self.reach[1], "")
        model.add_multiplication_equality(area, shared)
        return area


def answer(asked: dict) -> dict:
    """Status, cartons and the kinds used, after at most `seconds`."""
    question, solver = Question(asked), cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = asked["seconds"]
    solver.parameters.num_workers = asked["workers"]
    status = solver.solve(question.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    used = [at for row in question.kind for at, each in enumerate(row) if found and solver.value(each)]
    return {"status": solver.status_name(status), "kinds": used, "seconds": solver.wall_time}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
