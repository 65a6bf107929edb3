"""The events that recruitment publishes. No address is in them: whoever must know more asks notify."""

from services.recruitment.events.applications import (
    APPLICATION_SCREENED,
    APPLICATION_SUBMITTED,
    APPLICATION_WITHDRAWN,
    application_screened,
    application_submitted,
    application_withdrawn,
)
from services.recruitment.events.calls import CALL_CORRECTED, CALL_PUBLISHED, call_corrected, call_published
from services.recruitment.events.growth import DESIGNATION_EXPIRING, DESIGNATION_RECORDED
from services.recruitment.events.offers import (
    OFFER_ACCEPTED,
    OFFER_DECLINED,
    OFFER_EXPIRED,
    OFFER_MADE,
    RECALL_PROPOSED,
    RESULTS_PUBLISHED,
)
from services.recruitment.events.tenancies import (
    TENANCY_ENDED,
    TENANCY_ENDING,
    TENANCY_EXTENDED,
    TENANCY_STARTED,
    UNIT_VACATED,
)

__all__ = [
    "APPLICATION_SCREENED",
    "APPLICATION_SUBMITTED",
    "APPLICATION_WITHDRAWN",
    "CALL_CORRECTED",
    "CALL_PUBLISHED",
    "DESIGNATION_EXPIRING",
    "DESIGNATION_RECORDED",
    "OFFER_ACCEPTED",
    "OFFER_DECLINED",
    "OFFER_EXPIRED",
    "OFFER_MADE",
    "RECALL_PROPOSED",
    "RESULTS_PUBLISHED",
    "TENANCY_ENDED",
    "TENANCY_ENDING",
    "TENANCY_EXTENDED",
    "TENANCY_STARTED",
    "UNIT_VACATED",
    "application_screened",
    "application_submitted",
    "application_withdrawn",
    "call_corrected",
    "call_published",
]
