#include <cerrno>
#include <cstring>
#include <new>

#include "arrow_owned.h"
#include "rabatt/arrow_lines.h"
#include "rabatt/hash_map.h"

namespace rabatt {
namespace {

using Schema = Owned<ArrowSchema>;
using Array = Owned<ArrowArray>;

// What a joined array or schema holds: the children of two, without their order. They are moved out of these.
template <class Struct>
struct Joined {
  Owned<Struct> lines, priced;
  std::vector<Struct*> children;
};

template <class Struct>
void release_joined(Struct* released) {
  auto* joined = static_cast<Joined<Struct>*>(released->private_data);
  released->release = nullptr;
  delete joined;  // the children that were not moved on are still those of `lines` and `priced`
}

// Where each result goes among the columns of the input: in the place of its name, or behind them.
std::vector<std::size_t> places_among(const ArrowSchema& lines, const ArrowSchema& priced) {
  HashMap<std::string, std::size_t> names;
  for (std::int64_t i = 0; i < lines.n_children; ++i) {
    names.try_emplace(lines.children[i]->name ? lines.children[i]->name : "", static_cast<std::size_t>(i));
  }
  std::vector<std::size_t> places;
  auto next = static_cast<std::size_t>(lines.n_children);
  for (std::int64_t i = 0; i < priced.n_children; ++i) {
    const auto found = names.find(std::string(priced.children[i]->name));
    places.push_back(found == names.end() ? next++ : found->second);
  }
  return places;
}

template <class Struct>
void join(std::unique_ptr<Joined<Struct>> joined, const std::vector<std::size_t>& places, Struct* out) {
  auto& children = joined->children;
  children.assign(joined->lines->children, joined->lines->children + joined->lines->n_children);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] >= children.size()) children.resize(places[i] + 1);
    children[places[i]] = joined->priced->children[i];
  }
  *out = *joined->priced;
  out->n_children = static_cast<std::int64_t>(children.size());
  out->children = children.data();
  out->release = release_joined<Struct>;
  out->private_data = joined.release();
}

class PricedStream {
 public:
  PricedStream(std::shared_ptr<const BatchPricer> pricer, Schema* schema, const ArrowLineOptions& options,
               bool keep_input)
      : pricer_(std::move(pricer), **schema, options), keep_input_(keep_input) {
    Schema priced;
    pricer_.schema(&*priced);
    if (keep_input) places_ = places_among(**schema, *priced);
  }

  void take(ArrowArrayStream* lines) {
    *lines_ = *lines;
    lines->release = nullptr;
  }

  static PricedStream* of(ArrowArrayStream* stream) { return static_cast<PricedStream*>(stream->private_data); }

  int schema(ArrowSchema* out) {
    return guarded([&] {
      if (!keep_input_) {
        pricer_.schema(out);
        return 0;
      }
      auto joined = std::make_unique<Joined<ArrowSchema>>();
      if (const int failed = lines_->get_schema(&*lines_, &*joined->lines)) return failure_of_lines(failed);
      pricer_.schema(&*joined->priced);
      join(std::move(joined), places_, out);
      return 0;
    });
  }

  int next(ArrowArray* out) {
    return guarded([&] {
      auto joined = std::make_unique<Joined<ArrowArray>>();
      auto& lines = joined->lines;
      *out = {};
      if (const int failed = lines_->get_next(&*lines_, &*lines)) return failure_of_lines(failed);
      if (!lines->release) return 0;  // the end
      pricer_.price(*lines, &*joined->priced);
      if (!keep_input_) {
        *out = joined->priced.taken();
        return 0;
      }
      check_and_shift(&*lines);
      join(std::move(joined), places_, out);
      return 0;
    });
  }

  const char* last_error() const { return error_.empty() ? nullptr : error_.c_str(); }

 private:
  template <class Body>
  int guarded(Body body) noexcept {
    try {
      error_.clear();
      return body();
    } catch (const Error& error) {
      return failure(EINVAL, error.what());
    } catch (const std::bad_alloc&) {
      return ENOMEM;
    } catch (const std::exception& error) {
      return failure(EIO, error.what());
    }
  }

  int failure(int code, const char* text) noexcept {
    try {
      error_ = text;
    } catch (const std::bad_alloc&) {
      error_.clear();
    }
    return code;
  }

  int failure_of_lines(int code) {
    const char* text = lines_->get_last_error ? lines_->get_last_error(&*lines_) : nullptr;
    return failure(code, text ? text : "");
  }

  // The rows of a struct with an offset begin at it in each child: the children get it for themselves.
  static void check_and_shift(ArrowArray* lines) {
    for (std::int64_t i = 0; i < lines->n_children; ++i) {
      auto* child = lines->children ? lines->children[i] : nullptr;
      if (!child || child->length < lines->offset + lines->length) throw Error(Code::invalid_value, "lines");
      if (lines->offset == 0 && child->length == lines->length) continue;
      child->offset += lines->offset;
      child->length = lines->length;
      if (child->null_count > 0) child->null_count = -1;
    }
  }

  ArrowPricer pricer_;
  bool keep_input_;
  Owned<ArrowArrayStream> lines_;
  std::vector<std::size_t> places_;
  std::string error_;
};

void release_stream(ArrowArrayStream* stream) {
  delete PricedStream::of(stream);
  stream->release = nullptr;
}

}  // namespace

void price_arrow_stream(std::shared_ptr<const BatchPricer> pricer, ArrowArrayStream* lines, ArrowArrayStream* priced,
                        const ArrowLineOptions& options, bool keep_input) {
  if (!lines->release) throw Error(Code::invalid_value, "lines");
  Schema schema;
  if (lines->get_schema(lines, &*schema) != 0) {
    const char* text = lines->get_last_error ? lines->get_last_error(lines) : nullptr;
    throw Error(Code::invalid_value, subject_of("lines", text ? text : ""));
  }
  auto stream = std::make_unique<PricedStream>(std::move(pricer), &schema, options, keep_input);
  stream->take(lines);
  *priced = {};
  priced->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) { return PricedStream::of(self)->schema(out); };
  priced->get_next = [](ArrowArrayStream* self, ArrowArray* out) { return PricedStream::of(self)->next(out); };
  priced->get_last_error = [](ArrowArrayStream* self) { return PricedStream::of(self)->last_error(); };
  priced->release = release_stream;
  priced->private_data = stream.release();
}

}  // namespace rabatt
