"""Wagtail's pages, one noun a file."""

from cms.models.approval import SecretaryApproval
from cms.models.base import MarketPage
from cms.models.city import CityPage
from cms.models.events import CoursePage, EventCraft, EventPage
from cms.models.forms import FormField, FormPage
from cms.models.happenings import Happening
from cms.models.market import BazaarPage, CraftPage, PlainPage
from cms.models.pictures import CmsImage, CmsRendition
from cms.models.routes import RoutePage, RouteStop
from cms.models.stories import ArticlePage, NewsPage, StoryPage
from cms.models.tree import CityIndex, HomePage
from cms.models.visits import VisitPage, VisitTime

__all__ = [
    "ArticlePage",
    "BazaarPage",
    "CityIndex",
    "CityPage",
    "CmsImage",
    "CmsRendition",
    "CoursePage",
    "CraftPage",
    "EventCraft",
    "EventPage",
    "FormField",
    "FormPage",
    "Happening",
    "HomePage",
    "MarketPage",
    "NewsPage",
    "PlainPage",
    "RoutePage",
    "RouteStop",
    "SecretaryApproval",
    "StoryPage",
    "VisitPage",
    "VisitTime",
]
