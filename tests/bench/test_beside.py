"""What stock Oscar is told of our works, and how the two stand beside each other. Stock Oscar itself never runs in a test."""

from marketplace.bench import beside
from marketplace.bench.stopwatch import Figures


def test_the_ratio_is_stocks_by_ours_and_pages_that_stock_has_not_are_left_out():
    ours = [Figures("home", 10, 50.0, 60.0, 34.0), Figures("work", 11, 20.0, 30.0, 16.0)]
    written = list(beside.lines(600, ours, {"work": Figures("work", 44, 50.0, 70.0, 35.0)}))
    assert [line.split() for line in written] == [["600", "work", "11", "20.0", "44", "50.0", "4.0", "2.5"]]
    assert len(written[0]) == len(beside.HEAD)


def test_stock_is_given_the_same_works_in_the_same_tree(kilim, unproven_tray):
    goods = beside._goods()
    assert [(slug, depth) for _name, slug, depth in goods["categories"]] == [
        ("flatweave", 1),
        ("kilim", 2),
        ("metal", 1),
        ("copper", 2),
    ]
    assert [work[2:] for work in goods["works"]] == [[1, 0, 180_000_000, 3], [3, 1, 50_000_000, 2]]
    assert goods["sellers"] == [kilim.maker.name_fa, unproven_tray.maker.name_fa]


def test_a_price_that_stock_oscar_cannot_hold_is_cut_to_what_it_can(kilim):
    kilim.stockrecords.update(price=10**15)
    assert beside._goods()["works"][0][4] == 9_999_999_999
