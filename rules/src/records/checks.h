// What must hold between the fields of one record. What a single field must be is in its type.
#pragma once

#include <vector>

#include "rabatt/error.h"
#include "rabatt/records/doing.h"

namespace rabatt {

// Most records have no such rules.
template <class Record>
void check_record(const Record&, std::vector<Problem>*) {}

void check_record(const CampaignRecord& campaign, std::vector<Problem>* problems);
void check_record(const PriceBookRecord& price_book, std::vector<Problem>* problems);
void check_record(const ItemRecord& item, std::vector<Problem>* problems);
void check_record(const PaymentTermRecord& term, std::vector<Problem>* problems);
void check_record(const SettingsRecord& settings, std::vector<Problem>* problems);
void check_record(const RecipientRecord& recipient, std::vector<Problem>* problems);
void check_record(const NumeratorRecord& numerator, std::vector<Problem>* problems);
void check_record(const RateRecord& rate, std::vector<Problem>* problems);
void check_record(const CustomFieldRecord& field, std::vector<Problem>* problems);
void check_record(const ActionRecord& action, std::vector<Problem>* problems);
void check_record(const TargetGroupRecord& group, std::vector<Problem>* problems);

}  // namespace rabatt
