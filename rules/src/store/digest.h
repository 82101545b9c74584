// Hashes, and bytes as text.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace rabatt {

// "0aff": two digits a byte.
std::string hex(std::span<const std::byte> bytes);

// The SHA-256 of the content, as hex.
std::string sha256_of(std::span<const std::byte> content);

}  // namespace rabatt
