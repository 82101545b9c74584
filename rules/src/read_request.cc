#include "json_reader.h"
#include "rabatt/json.h"
#include "rabatt/range_check.h"
#include "rabatt/text.h"

namespace rabatt {

template <>
inline constexpr std::array<std::string_view, 2> required_fields<Request> = {"date", "currency"};
template <>
inline constexpr std::array<std::string_view, 2> required_fields<RequestLine> = {"item", "quantity"};

namespace {

// Throws the first fault.
class RequestReader final : public JsonReader {
 private:
  void report(Code code, const Path& path, std::string_view text, std::string) override {
    throw Error(code, subject_of(path.text(), text));
  }

  void check(std::string_view field, const Decimal& value, JsonView written, const Path& path) override {
    std::optional<Code> fault;
    if (field == "list_price" || field == "manual_price") fault = check_price(value);
    if (field == "manual_discount") fault = check_discount(value);
    if (field == "tax_rate") fault = check_tax_rate(value);
    if (fault) report(*fault, path, written.text(), {});
  }

  void check(std::string_view field, std::string_view text, JsonView written, const Path& path) override {
    const bool is_code = field == "code";
    const auto fault = check_identifier(is_code ? trimmed(text) : text);
    const bool blank_code = is_code && fault == IdentifierFault::empty;
    if (fault != IdentifierFault::none && !blank_code) report(Code::invalid_identifier, path, written.text(), {});
  }
};

}  // namespace

Request request_from_json(std::string_view json) {
  Request request;
  RequestReader().read_document(json, &request);
  return request;
}

}  // namespace rabatt
