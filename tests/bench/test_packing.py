from marketplace.bench import packing


def test_a_line_is_told_for_each_count(monkeypatch):
    monkeypatch.setattr(packing, "COUNTS", (3, 5))
    lines = list(packing.times())
    assert [line.split(" pieces")[0].strip() for line in lines] == ["3", "5"]


def test_small_questions_are_compared_with_what_the_solver_found(monkeypatch):
    monkeypatch.setattr(packing, "CASES", 1)
    monkeypatch.setattr(packing, "_solve", lambda *_asked: {"kinds": [4], "status": "OPTIMAL", "seconds": 1.0})
    first, last = packing.beside_solver("python")
    assert first.startswith("case  0: ")
    assert last.endswith("1 of 1 within 10 %")
