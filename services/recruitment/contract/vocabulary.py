"""Vocabularies of recruitment."""

from __future__ import annotations

from services.chassis.vocabulary import Vocabulary


class UnitKind(Vocabulary):
    """Kinds of units: an office of one's own, or a seat in the co-working room."""

    OFFICE = "office", "사무실", "Office"
    COWORKING = "coworking", "공유좌석", "Co-working seat"


class LegalType(Vocabulary):
    """Legal types of organisations of the social economy. Source: DOMAIN, Recruitment."""

    SOCIAL_ENTERPRISE = "social_enterprise", "사회적기업", "Social enterprise"
    PRELIMINARY_SOCIAL_ENTERPRISE = "preliminary_social_enterprise", "예비사회적기업", "Preliminary social enterprise"
    VILLAGE_ENTERPRISE = "village_enterprise", "마을기업", "Village enterprise"
    COOPERATIVE = "cooperative", "협동조합", "Co-operative"
    SOCIAL_COOPERATIVE = "social_cooperative", "사회적협동조합", "Social co-operative"
    SELF_SUPPORT_ENTERPRISE = "self_support_enterprise", "자활기업", "Self-support enterprise"
    SOCIAL_VENTURE = "social_venture", "소셜벤처", "Social venture"


class LegalForm(Vocabulary):
    """Forms in which an organisation is registered. A centre's profile says which can be certified."""

    COMPANY = "company", "회사", "Company"
    COOPERATIVE = "cooperative", "협동조합", "Co-operative"
    SOCIAL_COOPERATIVE = "social_cooperative", "사회적협동조합", "Social co-operative"
    ASSOCIATION = "association", "사단법인", "Association"
    FOUNDATION = "foundation", "재단법인", "Foundation"
    NON_PROFIT_CORPORATION = "non_profit_corporation", "비영리법인", "Non-profit corporation"
    NON_PROFIT_ORGANISATION = "non_profit_organisation", "비영리민간단체", "Non-profit organisation"
    OTHER = "other", "그 밖의 형태", "Other"


class CallStatus(Vocabulary):
    DRAFT = "draft", "준비 중", "Draft"
    PUBLISHED = "published", "발표함", "Published"


class ApplicationStatus(Vocabulary):
    """Statuses of an application up to the panel. Scores and offers, which come later, have their own."""

    DRAFT = "draft", "제출 전", "Not submitted yet"
    SUBMITTED = "submitted", "제출함", "Submitted"
    WITHDRAWN = "withdrawn", "취소함", "Withdrawn"
    ELIGIBLE = "eligible", "자격 충족", "Meets the conditions"
    INELIGIBLE = "ineligible", "자격 미달", "Does not meet the conditions"
    SHORTLISTED = "shortlisted", "심사 대상", "On the shortlist"
    NOT_SHORTLISTED = "not_shortlisted", "심사 대상 아님", "Not on the shortlist"


class OfferStatus(Vocabulary):
    """OFFERED and ACCEPTED keep the unit for the applicant until the contract is signed or the offer expires."""

    OFFERED = "offered", "답변 대기", "Waits for an answer"
    ACCEPTED = "accepted", "서명 대기", "Waits for the signature"
    SIGNED = "signed", "서명함", "Signed"
    DECLINED = "declined", "거절함", "Declined"
    EXPIRED = "expired", "만료", "Expired"
    WITHDRAWN = "withdrawn", "취소함", "Withdrawn"


class TenancyStatus(Vocabulary):
    """UNSIGNED: the offer was accepted. ENDING: notice was given. ENDED: the term is over and the unit is not handed
    back yet. LAPSED: never signed.
    """

    UNSIGNED = "unsigned", "서명 대기", "Waits for the signature"
    SIGNED = "signed", "서명함", "Signed"
    ACTIVE = "active", "입주 중", "Moved in"
    ENDING = "ending", "퇴거 예정", "Notice given"
    ENDED = "ended", "반납 대기", "To be handed back"
    MOVED_OUT = "moved_out", "퇴거함", "Moved out"
    LAPSED = "lapsed", "기한 지남", "Lapsed"


class UnitStatus(Vocabulary):
    """LET: contracted for a day to come. TO_HAND_BACK: the term is over and the unit is not handed back yet."""

    VACANT = "vacant", "비어 있음", "Vacant"
    OFFERED = "offered", "제안함", "Offered"
    LET = "let", "입주 예정", "Let, not moved in"
    OCCUPIED = "occupied", "입주 중", "Occupied"
    ENDING = "ending", "퇴거 예정", "Moves out"
    TO_HAND_BACK = "to_hand_back", "반납 대기", "To be handed back"


class DesignationKind(Vocabulary):
    """Kinds of official recognition of an organisation. Source: DOMAIN, Recruitment (growth)."""

    PRELIMINARY_SOCIAL_ENTERPRISE = "preliminary_social_enterprise", "예비사회적기업", "Preliminary social enterprise"
    SOCIAL_ENTERPRISE = "social_enterprise", "사회적기업", "Social enterprise"
    VILLAGE_ENTERPRISE = "village_enterprise", "마을기업", "Village enterprise"
    SELF_SUPPORT_ENTERPRISE = "self_support_enterprise", "자활기업", "Self-support enterprise"
    SOCIAL_VENTURE = "social_venture", "소셜벤처", "Social venture"


class RequirementKind(Vocabulary):
    """Requirements for certification as a social enterprise. Source: Social Enterprise Promotion Act."""

    FORM = "form", "조직 형태", "Legal form"
    PAID_WORKERS = "paid_workers", "유급근로자", "Paid workers"
    SOCIAL_PURPOSE = "social_purpose", "사회적 목적", "Social purpose"
    STAKEHOLDER_GOVERNANCE = "stakeholder_governance", "이해관계자의 의사결정 참여", "Stakeholders in decisions"
    INCOME = "income", "영업 수입", "Income"
    ARTICLES = "articles", "정관", "Articles of association"
    PROFIT_REUSE = "profit_reuse", "이윤의 사회적 목적 사용", "Use of profit for the social purpose"


class Capacity(Vocabulary):
    """Capacities in which people read an application. An applicant sees the draft, others what was submitted."""

    APPLICANT = "applicant", "신청인", "Applicant"
    STAFF = "staff", "직원", "Staff"
    JUDGE = "judge", "심사위원", "Judge"


class Ground(Vocabulary):
    """Grounds on which somebody must not judge an application."""

    SAME_PERSON = "same_person", "신청인 본인", "Is the applicant"
    ORGANISATION = "organisation", "같은 소속", "Same organisation"
    MAIL = "mail", "같은 이메일", "Same e-mail address"
    MAIL_DOMAIN = "mail_domain", "같은 메일 도메인", "Same mail domain"
    PHONE = "phone", "같은 전화번호", "Same phone"
    KINSHIP = "kinship", "친족", "Kinship"
    PRIOR_ADVICE = "prior_advice", "자문 이력", "Advised them before"
    OTHER = "other", "그 밖의 사유", "Another reason"


class RecusalSource(Vocabulary):
    """Sources of a recusal: a comparison (제척), the word of another person (기피), or the judge's own (회피)."""

    DETECTED = "detected", "제척", "detected"
    CHALLENGED = "challenged", "기피", "challenged"
    DECLARED = "declared", "회피", "declared"


class BonusGround(Vocabulary):
    LOCAL = "local", "지역", "Local"
    CONSORTIUM = "consortium", "컨소시엄", "Consortium"


class Counted(Vocabulary):
    """Whether the total of a judge counts."""

    YES = "counted", "반영", "counted"
    HIGHEST = "highest", "최고점, 제외", "highest, not counted"
    LOWEST = "lowest", "최저점, 제외", "lowest, not counted"


class Outcome(Vocabulary):
    """Outcomes of a ranked application."""

    OFFERED = "offered", "선정", "Chosen"
    WAITING = "waiting", "대기 중", "On the waiting list"
    BELOW_PASS_MARK = "below_pass_mark", "기준 점수 미달", "Below the pass mark"


class RankingState(Vocabulary):
    OPEN = "open", "순위 미정", "Not ranked yet"
    FROZEN = "frozen", "확정, 발표 전", "Ranked, not published"
    PUBLISHED = "published", "발표함", "Published"


class SelectionAction(Vocabulary):
    """Actions in the audit log of a call: on the call, its applications, offers and tenancies."""

    CREATE = "create", "초안 작성", "drafted"
    CHANGE = "change", "변경", "changed"
    PUBLISH = "publish", "공개", "published"
    CORRECT = "correct", "공고 정정", "corrected"
    NAME_JUDGES = "name_judges", "심사위원 지정", "judges named"
    START = "start", "작성 시작", "begun"
    SAVE = "save", "저장", "saved"
    ATTACH = "attach", "파일 첨부", "file added"
    SUBMIT = "submit", "제출", "submitted"
    WITHDRAW = "withdraw", "철회", "withdrawn"
    EXTEND = "extend", "기간 연장", "extended"
    PASS = "pass", "자격 확인", "meets the conditions"
    FAIL = "fail", "자격 미달", "does not meet them"
    SHORTLIST = "shortlist", "서류 심사 통과", "on the shortlist"
    LEAVE_OUT = "leave_out", "서류 심사 제외", "not on the shortlist"
    RECUSE = "recuse", "심사위원 제외", "judge recused"
    SCORE = "score", "채점", "scored"
    CORRECT_SCORE = "correct_score", "점수 정정", "score corrected"
    ABSTAIN = "abstain", "기권", "abstained"
    GRANT_BONUS = "grant_bonus", "가점 부여", "bonus granted"
    RANK = "rank", "순위 확정", "ranked"
    VOTE = "vote", "동점 투표", "vote on a tie"
    PUBLISH_RESULTS = "publish_results", "결과 발표", "results published"
    ACCEPT = "accept", "입주 제안 수락", "offer accepted"
    DECLINE = "decline", "입주 제안 거절", "offer declined"
    EXPIRE = "expire", "입주 제안 만료", "offer expired"
    SIGN = "sign", "계약", "signed"
    GIVE_NOTICE = "give_notice", "퇴거 통보", "notice given"
    END = "end", "입주 종료", "tenancy over"
    MOVE_OUT = "move_out", "퇴거", "moved out"
    LAPSE = "lapse", "기한 내 미계약", "not signed in time"
    PURGE = "purge", "개인정보 파기", "personal data purged"
