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

// What a struct that was handed out points to, until it is released. A child that was moved away has no release.
struct ArrayOwner {
  std::array<std::shared_ptr<const void>, 3> owned;
  std::array<const void*, 3> buffers{};
  std::vector<Owned<ArrowArray>> children;
  std::vector<ArrowArray*> pointers;
  Owned<ArrowArray> dictionary;
};

struct SchemaOwner {
  std::string name, format;
  std::vector<Owned<ArrowSchema>> children;
  std::vector<ArrowSchema*> pointers;
  Owned<ArrowSchema> dictionary;
};

template <class Owner, class Struct>
void release(Struct* released) {
  auto* owner = static_cast<Owner*>(released->private_data);
  released->release = nullptr;
  delete owner;
}

// Hands `out` over to its owner; nothing can go wrong any more.
template <class Owner, class Struct>
Owned<Struct> owned_by(std::unique_ptr<Owner> owner, Struct out) {
  out.n_children = static_cast<std::int64_t>(owner->pointers.size());
  out.children = owner->pointers.data();
  out.dictionary = owner->dictionary->release ? &*owner->dictionary : nullptr;
  out.release = release<Owner>;
  out.private_data = owner.release();
  Owned<Struct> result;
  *result = out;
  return result;
}

template <class Owner, class Struct>
void take_children(Owner* owner, std::vector<Owned<Struct>> children) {
  owner->children = std::move(children);
  for (auto& child : owner->children) owner->pointers.push_back(&*child);
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

Owned<ArrowArray> exported(const ArrowColumnOut& column) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->owned = {column.nulls == 0 ? nullptr : column.validity, column.values, column.bytes};
  for (std::size_t i = 0; i < owner->owned.size(); ++i) owner->buffers[i] = owner->owned[i].get();
  if (column.dictionary) {
    const auto& texts = *column.dictionary;
    owner->dictionary = exported(ArrowColumnOut{.count = texts.count, .values = texts.offsets, .bytes = texts.bytes});
  }
  ArrowArray out{};
  out.length = column.count;
  out.null_count = column.nulls;
  out.n_buffers = column.bytes ? 3 : 2;
  out.buffers = owner->buffers.data();
  return owned_by(std::move(owner), out);
}

Owned<ArrowArray> exported(std::int64_t count, std::vector<Owned<ArrowArray>> columns) {
  auto owner = std::make_unique<ArrayOwner>();
  take_children(owner.get(), std::move(columns));
  ArrowArray out{};
  out.length = count;
  out.n_buffers = 1;
  out.buffers = owner->buffers.data();
  return owned_by(std::move(owner), out);
}

Owned<ArrowSchema> exported(const ArrowFieldOut& field) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->name = field.name;
  owner->format = field.format;
  if (field.has_dictionary) owner->dictionary = exported(ArrowFieldOut{.name = "", .format = "u"});
  ArrowSchema out{};
  out.format = owner->format.c_str();
  out.name = owner->name.c_str();
  out.flags = field.is_nullable ? ARROW_FLAG_NULLABLE : 0;
  return owned_by(std::move(owner), out);
}

Owned<ArrowSchema> exported(const std::vector<ArrowFieldOut>& fields) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->format = "+s";
  std::vector<Owned<ArrowSchema>> children;
  for (const auto& field : fields) children.push_back(exported(field));
  take_children(owner.get(), std::move(children));
  ArrowSchema out{};
  out.format = owner->format.c_str();
  out.name = owner->name.c_str();
  return owned_by(std::move(owner), out);
}

}  // namespace rabatt
