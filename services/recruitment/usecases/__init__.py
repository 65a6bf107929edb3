"""One file per use case, named by its verb."""

from services.recruitment.usecases.attach_document import admit_document, record_document
from services.recruitment.usecases.change_call import change_call
from services.recruitment.usecases.correct_call import correct_call
from services.recruitment.usecases.create_call import create_call
from services.recruitment.usecases.erase_applicant import erase_applicant
from services.recruitment.usecases.extend_deadline import extend_deadline
from services.recruitment.usecases.move_interviews import move_interviews
from services.recruitment.usecases.name_judges import name_judges
from services.recruitment.usecases.open_document import open_document
from services.recruitment.usecases.publish_call import publish_call
from services.recruitment.usecases.purge_applicants import purge_applicants
from services.recruitment.usecases.recuse_judge import recuse_judge
from services.recruitment.usecases.save_application import save_application
from services.recruitment.usecases.screen_application import screen_application
from services.recruitment.usecases.start_application import start_application
from services.recruitment.usecases.submit_application import submit_application
from services.recruitment.usecases.withdraw_application import withdraw_application

__all__ = [
    "admit_document",
    "change_call",
    "correct_call",
    "create_call",
    "erase_applicant",
    "extend_deadline",
    "move_interviews",
    "name_judges",
    "open_document",
    "publish_call",
    "purge_applicants",
    "record_document",
    "recuse_judge",
    "save_application",
    "screen_application",
    "start_application",
    "submit_application",
    "withdraw_application",
]
