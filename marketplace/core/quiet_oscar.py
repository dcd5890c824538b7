"""Oscar apps that stay installed for their tables and template tags, but load no page and no receiver of theirs."""

from oscar.apps.analytics.apps import AnalyticsConfig
from oscar.apps.dashboard.apps import DashboardConfig
from oscar.config import Shop


class QuietShop(Shop):
    def ready(self) -> None:
        """Oscar's own pages are not mounted."""


class QuietDashboard(DashboardConfig):
    def ready(self) -> None:
        """Not mounted until a room dresses it as ours."""


class QuietAnalytics(AnalyticsConfig):
    def ready(self) -> None:
        """No receivers: a write on every view, and a 12-digit total inside `order_placed`, are not wanted."""
