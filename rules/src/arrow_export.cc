#include "arrow_export.h"

#include <sys/mman.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <string_view>

#include "rabatt/error.h"

namespace rabatt {
namespace {

struct ArrayOwner {
  std::array<std::shared_ptr<const void>, 3> owned;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};
};

struct SchemaOwner {
  std::string name, format;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

// A child that was moved away has no release.
template <class Owner, class Struct>
void release(Struct* released) {
  auto* owner = static_cast<Owner*>(released->private_data);
  for (auto& child : owner->children) {
    if (child.release) child.release(&child);
  }
  if (owner->dictionary.release) owner->dictionary.release(&owner->dictionary);
  released->release = nullptr;
  delete owner;
}

template <class Owner, class Struct>
void take_children(Owner* owner, std::vector<Struct> children, Struct* out) {
  owner->children = std::move(children);
  for (auto& child : owner->children) owner->pointers.push_back(&child);
  out->n_children = static_cast<std::int64_t>(owner->pointers.size());
  out->children = owner->pointers.data();
}

void export_texts(const ArrowTexts& texts, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->owned = {nullptr, texts.offsets, texts.bytes};
  owner->buffers = {nullptr, texts.offsets.get(), texts.bytes.get()};
  *out = {};
  out->length = texts.count;
  out->n_buffers = 3;
  out->buffers = owner->buffers.data();
  out->release = release<ArrayOwner>;
  out->private_data = owner.release();
}

}  // namespace

std::shared_ptr<void> arrow_buffer(std::size_t bytes) {
  constexpr std::size_t huge_page = std::size_t{2} << 20U;
  if (bytes == 0) return nullptr;
  const bool is_huge = bytes >= 2 * huge_page;
  const std::size_t alignment = is_huge ? huge_page : 64;
  const std::size_t size = (bytes + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, size);
  if (!memory) throw std::bad_alloc();
  std::shared_ptr<void> buffer(memory, &std::free);
#ifdef MADV_HUGEPAGE
  // writing into new pages of 4 KB takes longer than pricing does; whether the advice is taken is of no matter
  if (is_huge) madvise(memory, size, MADV_HUGEPAGE);
#endif
  return buffer;
}

ArrowTexts arrow_texts(const std::vector<std::string_view>& texts) {
  std::size_t size = 0;
  for (const auto text : texts) size += text.size();
  if (size > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw Error(Code::limit_exceeded, "dictionary");
  }
  ArrowTexts result{.count = static_cast<std::int64_t>(texts.size()),
                    .offsets = arrow_buffer((texts.size() + 1) * sizeof(std::int32_t)),
                    .bytes = arrow_buffer(size + 1)};
  auto* offsets = static_cast<std::int32_t*>(result.offsets.get());
  auto* bytes = static_cast<char*>(result.bytes.get());
  std::size_t end = 0;
  *offsets++ = 0;
  for (const auto text : texts) {
    if (!text.empty()) std::memcpy(bytes + end, text.data(), text.size());
    end += text.size();
    *offsets++ = static_cast<std::int32_t>(end);
  }
  return result;
}

void export_column(const ArrowColumnOut& column, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->owned = {column.nulls == 0 ? nullptr : column.validity, column.values};
  owner->buffers = {owner->owned[0].get(), owner->owned[1].get()};
  if (column.dictionary) export_texts(*column.dictionary, &owner->dictionary);
  *out = {};
  out->length = column.count;
  out->null_count = column.nulls;
  out->n_buffers = 2;
  out->buffers = owner->buffers.data();
  out->dictionary = column.dictionary ? &owner->dictionary : nullptr;
  out->release = release<ArrayOwner>;
  out->private_data = owner.release();
}

void export_struct(std::int64_t count, std::vector<ArrowArray> columns, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  *out = {};
  out->length = count;
  out->n_buffers = 1;
  out->buffers = owner->buffers.data();
  take_children(owner.get(), std::move(columns), out);
  out->release = release<ArrayOwner>;
  out->private_data = owner.release();
}

void export_field(const ArrowFieldOut& field, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->name = field.name;
  owner->format = field.format;
  if (field.has_dictionary) export_field({.name = "", .format = "u"}, &owner->dictionary);
  *out = {};
  out->format = owner->format.c_str();
  out->name = owner->name.c_str();
  out->flags = field.is_nullable ? ARROW_FLAG_NULLABLE : 0;
  out->dictionary = field.has_dictionary ? &owner->dictionary : nullptr;
  out->release = release<SchemaOwner>;
  out->private_data = owner.release();
}

void export_struct(std::vector<ArrowSchema> fields, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->format = "+s";
  *out = {};
  out->format = owner->format.c_str();
  out->name = owner->name.c_str();
  take_children(owner.get(), std::move(fields), out);
  out->release = release<SchemaOwner>;
  out->private_data = owner.release();
}

}  // namespace rabatt
