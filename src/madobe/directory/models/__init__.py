"""Tables of the directory: Human Services Data Specification (HSDS) 3.0 plus our profile.

After writing services or anything that hangs on them, call `actions.listing.refresh_listing(services=…, at=…)`.
"""

from madobe.directory.models.change import Change, Revision
from madobe.directory.models.contact import Contact, Phone, TextDoor
from madobe.directory.models.eligibility import Condition, Eligibility, UsageLimit
from madobe.directory.models.hsds import Document, Original, Subscription
from madobe.directory.models.listing import Card, Listing
from madobe.directory.models.location import Address, Location, ServiceAtLocation
from madobe.directory.models.merge import Merge
from madobe.directory.models.organization import Organization
from madobe.directory.models.record import FieldSource, ReviewItem, SourceRecord
from madobe.directory.models.schedule import Schedule, ScheduleException
from madobe.directory.models.search import SearchEntry
from madobe.directory.models.service import (
    CostOption,
    Language,
    Link,
    Service,
    ServiceArea,
    ServiceKind,
)
from madobe.directory.models.truth import (
    ConfirmationLink,
    Draft,
    FieldChange,
    ServiceAlert,
    Suggestion,
)
from madobe.directory.models.vetting import Suspension, VettingAnswer, VettingRound

__all__ = [
    "Address",
    "Card",
    "Change",
    "Condition",
    "ConfirmationLink",
    "Contact",
    "CostOption",
    "Document",
    "Draft",
    "Eligibility",
    "FieldChange",
    "FieldSource",
    "Language",
    "Link",
    "Listing",
    "Location",
    "Merge",
    "Organization",
    "Original",
    "Phone",
    "ReviewItem",
    "Revision",
    "Schedule",
    "ScheduleException",
    "SearchEntry",
    "Service",
    "ServiceAlert",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceKind",
    "SourceRecord",
    "Subscription",
    "Suspension",
    "Suggestion",
    "TextDoor",
    "UsageLimit",
    "VettingAnswer",
    "VettingRound",
]
