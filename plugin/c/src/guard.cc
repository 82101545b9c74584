#include "guard.h"

#include <exception>
#include <memory>
#include <new>

#include "rabatt/json.h"
#include "rabatt/text.h"
#include "status.h"

namespace rabatt {
namespace {

std::string json_of(rabatt_status status, std::string_view subject) {
  std::string json = R"({"error":{"code":")";
  return json.append(slug_of(status)).append(R"(","subject":")").append(subject).append("\"}}");
}

const rabatt_error& out_of_memory() {
  static const rabatt_error error{RABATT_OUT_OF_MEMORY, {}, {}, {}, json_of(RABATT_OUT_OF_MEMORY, {})};
  return error;
}

// Made while there still is memory: when the library is loaded.
const rabatt_error& made_in_advance = out_of_memory();

// What other people's exceptions say may hold anything; this goes into JSON as it is.
std::string plain(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c < ' ' || c > '~' || c == '"' || c == '\\') c = '?';
  }
  return result;
}

using ErrorPointer = std::unique_ptr<rabatt_error>;

ErrorPointer error_of(rabatt_status status, std::string subject) {
  auto json = json_of(status, subject);
  return ErrorPointer(new rabatt_error{status, std::move(subject), {}, {}, std::move(json)});
}

// A path need not be UTF-8; what this face says is.
ErrorPointer error_of(const Error& error) {
  if (!is_utf8(error.subject())) return error_of(Error(error.code(), plain(error.subject())));
  return ErrorPointer(new rabatt_error{status_of(error.code()), error.subject(), {}, {}, to_json(error)});
}

ErrorPointer error_of(const Errors& errors) {
  ErrorPointer result = error_of(static_cast<const Error&>(errors));
  result->problems = errors.problems();
  for (const auto& problem : result->problems) {
    result->views.push_back(
        {status_of(problem.code), problem.path.c_str(), problem.path.size(), problem.message.c_str()});
  }
  result->json.resize(result->json.size() - 2);  // "}}": the problems go into the inner object
  result->json.append(",\"problems\":").append(to_json(result->problems)).append("}}");
  return result;
}

// Throws bad_alloc where that is the exception, or where there is no memory to tell of another.
ErrorPointer current_error() {
  try {
    throw;
  } catch (const Errors& errors) {
    return error_of(errors);
  } catch (const Error& error) {
    return error_of(error);
  } catch (const InvalidArgument& invalid) {
    return error_of(RABATT_INVALID_ARGUMENT, invalid.argument);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& exception) {
    return error_of(RABATT_INTERNAL, plain(exception.what()));
  } catch (...) {
    return error_of(RABATT_INTERNAL, {});
  }
}

}  // namespace

rabatt_status caught(rabatt_error** error) noexcept {
  try {
    ErrorPointer current = current_error();
    const rabatt_status status = current->code;
    if (error) *error = current.release();
    return status;
  } catch (...) {
    if (error) *error = const_cast<rabatt_error*>(&made_in_advance);  // no function of c.h writes to an error
    return RABATT_OUT_OF_MEMORY;
  }
}

bool is_ready_made(const rabatt_error* error) noexcept { return error == &made_in_advance; }

}  // namespace rabatt
