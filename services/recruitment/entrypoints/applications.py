"""Applications: the use case of each operation."""

from services.recruitment.contract import applications as contract
from services.recruitment.queries.applications import list_applications
from services.recruitment.usecases.extend_deadline import extend_deadline
from services.recruitment.usecases.read_applications import get_application
from services.recruitment.usecases.save_application import save_application
from services.recruitment.usecases.screen_application import screen_application
from services.recruitment.usecases.start_application import start_application
from services.recruitment.usecases.submit_application import submit_application
from services.recruitment.usecases.withdraw_application import withdraw_application

APPLICATIONS = (
    contract.StartApplication.by(start_application),
    contract.ListApplications.by(list_applications),
    contract.GetApplication.by(get_application),
    contract.SaveApplication.by(save_application),
    contract.SubmitApplication.by(submit_application),
    contract.WithdrawApplication.by(withdraw_application),
    contract.ExtendDeadline.by(extend_deadline),
    contract.ScreenApplication.by(screen_application),
)
