#include "file_type.h"

#include <magic.h>

#include <memory>
#include <new>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_NO_STDIO
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

namespace rabatt {
namespace {

struct MagicCloser {
  void operator()(magic_t magic) const noexcept { magic_close(magic); }
};
using Magic = std::unique_ptr<std::remove_pointer_t<magic_t>, MagicCloser>;

}  // namespace

std::string media_type(std::span<const std::byte> content) {
  const Magic magic(magic_open(MAGIC_MIME_TYPE));
  if (!magic) throw std::bad_alloc();
  const bool loaded = magic_load(magic.get(), nullptr) == 0;
  const char* type = loaded ? magic_buffer(magic.get(), content.data(), content.size()) : nullptr;
  return type ? type : "application/octet-stream";
}

std::optional<ImageHeader> image_header(std::span<const std::byte> content) {
  const auto* bytes = reinterpret_cast<const stbi_uc*>(content.data());
  const int size = static_cast<int>(content.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(bytes, size, &width, &height, &channels) == 0) return std::nullopt;
  const int bits = stbi_is_16_bit_from_memory(bytes, size) != 0 ? 16 : 8;
  return ImageHeader{width, height, channels * bits};
}

}  // namespace rabatt
