// Reads the test vectors of the General Decimal Arithmetic specification (*.decTest).
//
//   precision: 9
//   rounding:  half_up
//   addx003 add '5.75' '3.3' -> 9.05
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rabatt/rounding.h"
#include "wide.h"

namespace rabatt {

struct Vector {
  std::string id;
  std::string operation;  // in lower case
  std::vector<std::string> operands;
  std::string result;
  std::vector<std::string> conditions;  // in lower case: "inexact", "rounded" …
  int precision = 9;
  std::optional<Rounding> rounding;  // nothing for 05up, which rabatt does not have

  bool has(std::string_view condition) const;
};

// Nothing if the file cannot be opened.
std::optional<std::vector<Vector>> vectors_of(const std::string& file);

// Where the vectors are: RABATT_DECTEST, else where CMake found them; empty if nowhere.
std::string vectors_folder();

// A finite number in any of their notations ("-1.20E+3"), with its exponent.
struct Number {
  Integer coefficient;  // with the sign
  int exponent = 0;

  Wide wide() const;
};

// Nothing for NaN, infinities and encodings ("#…"). Exponents beyond ±999 are read as ±999.
std::optional<Number> number_of(std::string_view text);

}  // namespace rabatt
