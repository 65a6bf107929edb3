"""One file per use case, named by its verb: gates -> lock -> decide -> write -> emit."""

from services.notify.usecases.announce import announce
from services.notify.usecases.begin_attempt import begin_attempt
from services.notify.usecases.claim_messages import claim_messages
from services.notify.usecases.put_contact import put_contact
from services.notify.usecases.record_answer import record_answer

__all__ = ["announce", "begin_attempt", "claim_messages", "put_contact", "record_answer"]
