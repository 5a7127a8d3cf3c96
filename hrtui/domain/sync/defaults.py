"""What the columns of synced rows hold where a program did not know them yet, as the tables of clients say.

A column that is not named here holds nothing then. Words are columns of empty text, or `column=value`.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrtui.domain.sync.canonical import Value

_WORDS: Mapping[str, str] = {
    "employer": "zw_self_insured=0 leave_year_start=1 certificate_always=0 clause_ends_contract=0"
    " enterprise_number nsso_number policy_number joint_committees occupational_service occupational_email"
    " occupational_phone occupational_language",
    "provider_link": "active=1 client_number contact needed_dates",
    "person": "archived=0 children=0 disabled_children=0 other_dependents=0 spouse_has_income=0 name_prefix"
    " sex national_number bsn email phone language given_name initials partner_prefix partner_name"
    " birth_place birth_country nationality civil_status work_email provider_number street"
    " house_number box postcode city country iban bic",
    "contract": "meal_voucher=0 worker_status nature job_title joint_committee worker_type termination_reason"
    " dimona_status work_place using_employer wage_type",
    "leave_type": "carry_over_months=0 negative_allowed=0 sickness=0 on_holiday=0 active=1 dmfa_code=0"
    " display_order=0 self_service=0 approval_needed=0 certificate_required=0 letter name_nl name_fr name_en"
    " role_needed",
    "holiday": "half=0 name_nl name_fr name_en",
    "allowance": "label reason",
    "pay_component_type": "for_everyone=1 active=1 display_order=0 group_name name_nl name_fr name_en",
    "pay_component": "currency=EUR note",
    "sickness_classification": "active=1 display_order=0",
    "sickness_person": "no_risk=0 basis",
    "sickness_case": "minutes_worked=0 safety_net=0 work_accident=0 liable_third_party=0 certificate_free=0"
    " waiting_days=0 nursing_street nursing_house_number nursing_postcode nursing_city nursing_country"
    " nursing_phone linking close_reason",
    "sickness_progress": "authorised=0",
    "sickness_step": "number=0 needed=1",
    "sickness_contact": "recipient language",
    "benefit_specification": "currency=EUR policy_number insurer",
    "access_log": "detail",
}


def defaults_of(entity: str) -> dict[str, Value]:
    """The columns of a kind of row that hold something where nothing was given."""
    pairs = (word.partition("=") for word in _WORDS.get(entity, "").split())
    return {column: int(text) if text.isdecimal() else text for column, _, text in pairs}
