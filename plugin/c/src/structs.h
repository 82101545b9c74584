// The structs of c.h from and to the engine's values. Faults are those of the same request in JSON.
#pragma once

#include <span>

#include "rabatt/c.h"
#include "rabatt/path.h"
#include "rabatt/payment.h"
#include "rabatt/price.h"

namespace rabatt {

// A document without lines; what is missing is left to price().
Request read_document(const rabatt_document& document);

// Throws Error with a subject that begins with `lines[index].`.
RequestLine read_line(const rabatt_line& line, std::size_t index);

// Throws Error with a subject that begins with `payments[index].`.
std::vector<PaymentMade> read_payments(std::span<const rabatt_payment> payments);

// Throws Error with a subject that begins with the path.
Decimal read_decimal(const char* text, const Path& path);

// Throws InvalidArgument for what is none.
Decimal read_decimal(const rabatt_decimal& value);

rabatt_decimal written(const Decimal& value) noexcept;
rabatt_priced_line written(const LineResult& priced) noexcept;
rabatt_settlement written(const Settlement& settlement) noexcept;

}  // namespace rabatt
