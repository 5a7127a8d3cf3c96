"""What each column of a synced row holds, as the tables of clients want it; `values` tells what fits.

Without it one crafted or broken program could stop everybody's sync: a person without a number is refused by
the table of each client, a leave type of an unknown category by each month that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "employer": "country:country language:language zw_self_insured:flag leave_year_start:month_number"
    " certificate_always:flag clause_ends_contract:flag",
    "employer_role": "areas:texts",
    "provider_link": "cutoff_day:number? active:flag",
    "team": "manager_id:number?",
    "person": "birth_date:date? team_id:number? archived:flag children:number disabled_children:number"
    " other_dependents:number spouse_has_income:flag provider_link_id:number?",
    "contract": "person_id:number start_date:date end_date:date? hours_per_week:number? wage_cents:number?"
    " reference_hours_per_week:number? days_per_week:number? meal_voucher:flag planned_hours:number?"
    " start_minute:minute? end_minute:minute?",
    "work_schedule": "cycle_start:date weeks:weeks start_times:starts?",
    "schedule_assignment": "person_id:number schedule_id:number valid_from:date",
    "leave_type": "category:category unit:unit limit_kind:limit limit_amount:number?"
    " carry_over_months:number negative_allowed:flag sickness:flag on_holiday:flag active:flag"
    " dmfa_code:number display_order:number provider_codes:codes self_service:flag approval_needed:flag"
    " certificate_required:flag",
    "holiday": "date:date replaces:date? half:flag team_id:number?",
    "leave_exception": "person_id:number leave_type_id:number limit_kind:limit limit_amount:number?",
    "allowance": "person_id:number leave_type_id:number year:year minutes:number valid_from:date"
    " expires:date? days:number?",
    "pay_component_type": "provider_link_id:number? input:input default_cents:number? for_everyone:flag"
    " active:flag display_order:number",
    "pay_component_person": "type_id:number person_id:number",
    "pay_component": "person_id:number type_id:number first_month:month last_month:month? cents:number"
    " unit_amount:number? quantity:number? batch_id:number?",
    "provider_message": "person_id:number? month:month at:moment",
    "month_check": "person_id:number month:month at:moment",
    "sickness_classification": "active:flag display_order:number",
    "sickness_person": "person_id:number no_risk:flag basis:basis recorded_on:date?",
    "sickness_case": "person_id:number first_day:date last_day:date? reported_at:moment minutes_worked:number"
    " expected_end:date? safety_net:flag work_accident:flag liable_third_party:flag certificate_free:flag"
    " waiting_days:number recovery_reported_at:moment? filled_until:date?",
    "sickness_progress": "case_id:number from_date:date percent:number therapeutic_percent:number?"
    " authorised:flag reported_at:moment",
    "sickness_displaced": "case_id:number person_id:number date:date entries:list",
    "sickness_step": "case_id:number number:number done_on:date? needed:flag",
    "sickness_certificate": "case_id:number from_date:date until_date:date received_on:date?",
    "sickness_contact": "case_id:number at:moment",
    "sickness_document": "case_id:number? bytes:number at:moment",
    "sickness_note": "case_id:number written_on:date",
    "benefit_specification": "month:month received_on:date policy:object lines:list cents:number"
    " document_id:number?",
    "access_log": "at:moment row_id:number",
}
"""The columns that are no text; those with ? may be empty (null)."""


def kinds_of(entity: str) -> Mapping[str, str]:
    """The columns of a kind of row that are no text, each with what it holds."""
    return dict(word.split(":") for word in _WORDS.get(entity, "").split())
