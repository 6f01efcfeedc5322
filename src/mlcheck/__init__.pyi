from mlcheck.api import check as check
from mlcheck.api import place as place
from mlcheck.api import render as render
from mlcheck.api import sentence as sentence
from mlcheck.model.claim import Verdict as Verdict
from mlcheck.model.document import Locator as Locator
from mlcheck.model.errors import MlcheckError as MlcheckError
from mlcheck.model.finding import CheckedClaim as CheckedClaim
from mlcheck.model.finding import Finding as Finding
from mlcheck.model.finding import Report as Report
from mlcheck.model.finding import Severity as Severity
from mlcheck.model.finding import Suspect as Suspect
from mlcheck.model.finding import Waiver as Waiver
from mlcheck.model.profile import Profile as Profile

__version__: str
