#include "packed_content.h"

#include <algorithm>
#include <boost/mp11.hpp>
#include <cstring>

#include "rabatt/describe.h"
#include "rabatt/error.h"

namespace rabatt {
namespace {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <class T, class Visit>
void each_member(Visit visit) {
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { visit(member.pointer); });
}

// Dates as days, and seconds of the day; no time is −1.
constexpr std::int32_t no_time = -1;

class Packer {
 public:
  template <Plain T>
  void add(T value) {
    put(&value, sizeof(value));
  }

  void add(const std::string& text) {
    add(static_cast<std::uint32_t>(text.size()));
    put(text.data(), text.size());
  }

  // Most mantissas have 64 bits: `wide` says that there are 128.
  void add(const Decimal& value) {
    const auto low = static_cast<std::int64_t>(value.mantissa());
    const bool wide = low != value.mantissa();
    add(static_cast<std::uint8_t>(value.places()));
    add(wide);
    add(low);
    if (wide) add(static_cast<std::int64_t>(value.mantissa() >> 64U));
  }

  void add(const Date& date) {
    add(static_cast<std::int32_t>(std::chrono::sys_days(date.day).time_since_epoch().count()));
    add(date.time ? static_cast<std::int32_t>(date.time->count()) : no_time);
  }

  template <class T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }

  template <class T>
  void add(const std::vector<T>& list) {
    add(static_cast<std::uint32_t>(list.size()));
    for (const auto& entry : list) add(entry);
  }

  template <class T>
  void add(const std::map<std::string, T>& entries) {
    add(static_cast<std::uint32_t>(entries.size()));
    for (const auto& [key, value] : entries) add(key), add(value);
  }

  template <Described T>
  void add(const T& record) {
    each_member<T>([&](auto member) { add(record.*member); });
  }

  void expect(std::size_t size) { bytes_.reserve(size); }

  Records<std::byte> take() {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  void put(const void* bytes, std::size_t size) {
    constexpr std::size_t step = std::size_t{1} << 16U;
    if (bytes_.size() - size_ < size) bytes_.resize(size_ + std::max(size, step));
    std::memcpy(bytes_.data() + size_, bytes, size);
    size_ += size;
  }

  Records<std::byte> bytes_;
  std::size_t size_ = 0;
};

class Unpacker {
 public:
  explicit Unpacker(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <Plain T>
  void read(T* value) {
    std::memcpy(value, take(sizeof(T)).data(), sizeof(T));
  }

  void read(std::string* text) {
    const auto bytes = take(one<std::uint32_t>());
    text->assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  void read(Decimal* value) {
    const auto places = one<std::uint8_t>();
    const auto wide = one<bool>();
    const auto low = one<std::int64_t>();
    const Int128 mantissa = wide ? (Int128{one<std::int64_t>()} << 64U) | static_cast<std::uint64_t>(low) : low;
    *value = Decimal::scaled(mantissa, places);
  }

  void read(Date* date) {
    date->day = std::chrono::sys_days(std::chrono::days(one<std::int32_t>()));
    const auto time = one<std::int32_t>();
    date->time = time == no_time ? std::nullopt : std::optional(std::chrono::seconds(time));
  }

  template <class T>
  void read(std::optional<T>* value) {
    value->reset();
    if (one<bool>()) value->emplace(one<T>());
  }

  template <class T>
  void read(std::vector<T>* list) {
    const auto count = one<std::uint32_t>();
    for (std::uint32_t i = 0; i < count; ++i) read(&list->emplace_back());
  }

  template <class T>
  void read(std::map<std::string, T>* entries) {
    for (auto count = one<std::uint32_t>(); count > 0; --count) {
      auto key = one<std::string>();
      read(&(*entries)[std::move(key)]);
    }
  }

  template <Described T>
  void read(T* record) {
    each_member<T>([&](auto member) { read(&(record->*member)); });
  }

  bool at_end() const { return bytes_.empty(); }

 private:
  template <class T>
  T one() {
    T value = blank<T>();
    read(&value);
    return value;
  }

  // A Date has no default.
  template <class T>
  static T blank() {
    if constexpr (std::is_same_v<T, Date>) {
      return Date(std::chrono::year_month_day());
    } else {
      return T();
    }
  }

  std::span<const std::byte> take(std::size_t size) {
    if (size > bytes_.size()) throw Error(Code::damaged_book);
    const auto taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }

  std::span<const std::byte> bytes_;
};

}  // namespace

namespace {

// In memory. Packed it is smaller, unless its texts are long.
std::size_t size_of(const BookContent& content) {
  std::size_t size = content.items.size() * sizeof(Item) + content.customers.size() * sizeof(Customer);
  for (const auto& book : content.price_books) size += book.prices.size() * sizeof(PriceBookLine);
  for (const auto& campaign : content.campaigns)
    size += sizeof(campaign) + campaign.lines.size() * sizeof(CampaignLine);
  return size;
}

}  // namespace

Records<std::byte> packed_content(const BookContent& content) {
  Packer packer;
  packer.expect(size_of(content));
  packer.add(content);
  return packer.take();
}

BookContent unpacked_content(std::span<const std::byte> bytes) {
  Unpacker unpacker(bytes);
  BookContent content;
  unpacker.read(&content);
  if (!unpacker.at_end()) throw Error(Code::damaged_book);
  return content;
}

}  // namespace rabatt
