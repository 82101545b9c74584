#include "documents.h"

namespace rabatt {

const std::string full_book_json = R"({
  "policy": {"rounding": "half_even", "round_at": "line_net", "intermediate_digits": 6,
             "currencies": {"EUR": {"amount": "0.05", "unit": "0.010"}, "PTS": {"amount": 1}},
             "price_choice": "lowest", "early_payment_tax": "excluded", "prices_include_tax": true},
  "items": [
    {"item": "TEA", "name": "Green tea", "kind": "service", "unit": "bag", "units": {"BOX": "12", "CRATE": "144"},
     "prices": {"EUR": "12.00"}, "category": "Drinks", "cost": {"EUR": "7.10"}, "discountable": false},
    {"item": "CUP", "prices": {"EUR": 8}}],
  "price_books": [
    {"price_book": "P1", "name": "Friends", "active": false, "type": "account", "currency": "EUR",
     "valid_from": "2026-01-01", "valid_until": "2026-12-31", "discount": "3", "override_customer_prices": true,
     "accounts": ["C1", "C2"], "organisations": ["O1", "O2"],
     "prices": [{"item": "TEA", "unit": "BOX", "price": "11.50", "quantity_min": "5"},
                {"item": "TEA", "price": "11.75"}]},
    {"price_book": "P2", "currency": "EUR", "prices": [{"item": "CUP", "price": "7"}]}],
  "customers": [
    {"customer": "C1", "name": "Ada", "discount": "5", "organisation": "O1", "payment_term": "NET30"},
    {"customer": "C2", "discount": "10"}],
  "target_groups": [{"target_group": "G1", "members": ["C1", "C2"]}, {"target_group": "G2"}],
  "campaigns": [
    {"campaign": "K1", "name": "Spring", "code": "SPRING", "posted": true, "active": false, "status": "completed",
     "pricing_type": "set_price", "combine": "compound", "currency": "EUR", "date": "2026-03-01",
     "valid_from": "2026-03-02", "valid_until": "2026-03-31T12:00", "customer": "C1", "target_group": "G1",
     "priority": 7, "code_required": true, "allow_customer_discount": true, "force_price": true,
     "lines": [{"item": "TEA", "unit": "BOX", "price": "9.90", "quantity_min": "2"}, {"item": "TEA", "price": "9.95"}]},
    {"campaign": "K2", "name": "K2", "pricing_type": "set_discount", "date": "2026-03-01",
     "lines": [{"item": "CUP", "discount": "10"}, {"item": "TEA", "discount": "15"}]},
    {"campaign": "DRAFT", "name": "DRAFT", "posted": false, "pricing_type": "set_price", "currency": "EUR",
     "date": "2026-03-01", "lines": [{"item": "CUP", "price": "1"}]}],
  "payment_terms": [
    {"payment_term": "NET30", "name": "30 days net", "net_days": 30, "end_of_month": true, "grace_days": 3,
     "early": [{"days": 8, "discount": "3"}, {"days": 14, "discount": "2"}]},
    {"payment_term": "NET14", "net_days": 14, "active": false}]
})";

const std::string full_request_json = R"({
  "date": "2026-03-10T09:30", "currency": "EUR", "customer": "C1", "organisation": "O2", "campaign": "K2",
  "code": "SPRING", "payment_term": "NET30", "prices_include_tax": true, "early_payment": false, "explain": false,
  "lines": [{"item": "CUP", "quantity": "2.50", "unit": "each", "list_price": "9.99", "manual_price": "9",
             "manual_discount": "12.5", "tax_rate": "19.0"},
            {"item": "TEA", "quantity": -3}]
})";

const std::string small_book_json =
    R"({"policy":{"currencies":{"EUR":{"amount":"0.05"}}},"items":[{"item":"TEA","units":{"BOX":12},)"
    R"("prices":{"EUR":"12.00"}}],"customers":[{"customer":"C1","discount":"5"}],"campaigns":[{"campaign":"K1",)"
    R"("name":"Frühling","code":"SPRING","pricing_type":"set_discount","date":"2026-03-01","priority":-1,)"
    R"("lines":[{"item":"TEA","discount":"15","quantity_min":2}]}],)"
    R"("payment_terms":[{"payment_term":"T","net_days":30,"early":[{"days":8,"discount":"5"}]}]})";

const std::string small_request_json =
    R"({"date":"2026-03-10","currency":"EUR","customer":"C1","code":"spring","early_payment":true,)"
    R"("lines":[{"item":"TEA","quantity":"-2.5","unit":"BOX","tax_rate":19},{"item":"TEA","quantity":3}]})";

}  // namespace rabatt
