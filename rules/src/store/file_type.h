// What a file is, by its content.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace rabatt {

// The media type: "image/png", "text/html", "application/octet-stream" where nothing better is known.
std::string media_type(std::span<const std::byte> content);

struct ImageHeader {
  int width;   // pixels
  int height;  // pixels
  int depth;   // bits a pixel
};

// Of a PNG, JPEG, GIF, BMP, TGA, PSD, PNM or PIC; nothing for other content.
std::optional<ImageHeader> image_header(std::span<const std::byte> content);

}  // namespace rabatt
