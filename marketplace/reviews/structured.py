"""What reviews add to a work's JSON-LD: only what the page shows."""

from typing import Any

from marketplace.reviews.models import Review
from marketplace.reviews.rules import ENOUGH, MOST_STARS


def review_nodes(reviews: list[Review], *, rating: float | None, count: int) -> dict[str, Any]:
    """`review` for each, `aggregateRating` once there are enough of them; nothing where there is none."""
    node: dict[str, Any] = {"review": [_node(review) for review in reviews]} if reviews else {}
    if rating is not None and count >= ENOUGH:
        node["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(rating, 1),
            "reviewCount": count,
            "bestRating": MOST_STARS,
        }
    return node


def _node(review: Review) -> dict[str, Any]:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.shown_name},
        "datePublished": review.at.date().isoformat(),
        "reviewRating": {"@type": "Rating", "ratingValue": review.stars, "bestRating": MOST_STARS},
        **({"reviewBody": review.text} if review.text else {}),
    }
