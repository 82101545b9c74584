#include "rabatt/arrow_lines.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "line_output.h"
#include "line_slice.h"
#include "rabatt/hash_map.h"

namespace rabatt {
namespace {

// Lines that are read, priced and sealed before the next ones: their ids stay in the cache.
constexpr std::size_t lines_of_a_slice = std::size_t{1} << 15U;

// Where dates differ, lines of the same date are gathered from so many.
constexpr std::size_t lines_of_many_days = std::size_t{1} << 24U;

// One price of a book with very many places must not leave the amounts of all others without room.
constexpr int most_usual_places = 20;

std::vector<LineResult> wanted_columns(const std::vector<std::string>& names) {
  std::vector<LineResult> wanted;
  for (std::size_t column = 0; column < line_result_names.size(); ++column) {
    const bool is_wanted =
        names.empty() || std::find(names.begin(), names.end(), line_result_names[column]) != names.end();
    if (is_wanted) wanted.push_back(static_cast<LineResult>(column));
  }
  for (const auto& name : names) {
    const auto* const end = line_result_names.end();
    if (std::find(line_result_names.begin(), end, name) == end)
      throw Error(Code::invalid_value, subject_of("columns", name));
  }
  return wanted;
}

// Calls `work(part)` for the numbers below `parts`, in so many threads; rethrows what one of them throws.
template <class MakeWork>
void in_threads(std::size_t parts, int threads, MakeWork make_work) {
  std::atomic<std::size_t> next = 0;
  const auto count = std::min(parts, static_cast<std::size_t>(std::max(threads, 1)));
  std::vector<std::exception_ptr> thrown(std::max<std::size_t>(count, 1));
  const auto run = [&](std::size_t thread) {
    try {
      auto work = make_work();
      for (std::size_t part = next++; part < parts; part = next++) work(part);
    } catch (...) {
      thrown[thread] = std::current_exception();
      next = parts;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < count; ++thread) others.emplace_back(run, thread);
    run(0);
  }
  for (const auto& exception : thrown) {
    if (exception) std::rethrow_exception(exception);
  }
}

// Codes that may come from a cell, so that another cell's fault may come first.
bool is_of_cells(LineStatus status) { return status != line_ok && code_of_line(status) <= Code::limit_exceeded; }

}  // namespace

class ArrowPricer::Binding {
 public:
  Binding(std::shared_ptr<const BatchPricer> pricer, const ArrowSchema& lines, const ArrowLineOptions& options)
      : pricer_(std::move(pricer)), ids_(pricer_->book()), tables_(ids_), dictionaries_(ids_), batch_(options.batch) {
    wanted_ = wanted_columns(options.columns);
    bind(lines, options);
    places_ = options.places.value_or(std::min(places_, most_usual_places));
    if (places_ < 0 || places_ > Decimal::max_places)
      throw Error(Code::invalid_value, subject_of("places", std::to_string(places_)));
  }

  int places() const { return places_; }

  void schema(ArrowSchema* priced) const {
    std::vector<ArrowSchema> fields(wanted_.size());
    for (std::size_t i = 0; i < wanted_.size(); ++i) export_field(line_result_field(wanted_[i], places_), &fields[i]);
    export_struct(std::move(fields), priced);
  }

  void price(const ArrowArray& lines, ArrowArray* priced) {
    const LineChunk chunk(lines, columns_, defaults_, ids_, &tables_);
    LineOutput output(chunk.count(), wanted_, places_);
    const bool one_day = chunk.has_one_day();
    const std::size_t size = one_day ? lines_of_a_slice : lines_of_many_days;
    BatchOptions inside = batch_;
    if (one_day) {
      inside.threads = 1;
      // compiled here, once, rather than by each of the threads
      plane_of(chunk);
    }
    in_threads((chunk.count() + size - 1) / size, one_day ? batch_.threads : 1, [&] {
      return [&, slice = LineSlice(), has_list_price = std::vector<std::uint8_t>()](std::size_t part) mutable {
        const std::size_t begin = part * size;
        const std::size_t count = std::min(size, chunk.count() - begin);
        has_list_price.resize(count);
        slice.read(chunk, begin, count);
        price_slice(chunk, begin, &slice, output.columns(begin, has_list_price.data()), inside);
        output.seal(begin, begin + count, has_list_price.data());
      };
    });
    output.hand_out(dictionaries_, priced);
  }

 private:
  void bind(const ArrowSchema& lines, const ArrowLineOptions& options) {
    const bool is_struct = lines.release && lines.format && std::string_view(lines.format) == "+s" &&
                           lines.n_children >= 0 && (lines.n_children == 0 || lines.children);
    if (!is_struct) throw Error(Code::invalid_value, "lines");
    HashSet<std::string> seen;
    for (std::int64_t i = 0; i < lines.n_children; ++i) {
      const auto* child = lines.children[i];
      if (!child || !child->release || !child->format) throw Error(Code::invalid_value, "lines");
      const std::string name(child->name ? child->name : "");
      if (!seen.insert(name).second) throw Error(Code::duplicate_field, subject_of({}, name));
      const auto* field = line_field_named(name);
      if (field) columns_.push_back(bound(*child, *field, static_cast<std::size_t>(i)));
    }
    take_defaults(options);
    for (const auto& field : line_fields) {
      const bool is_given =
          (field.kind == FieldKind::date && options.date) || (field.name == "currency" && !options.currency.empty());
      const bool is_there = seen.contains(std::string(field.name));
      if (is_given && is_there) throw Error(Code::duplicate_field, field.name);
      if (field.required && !is_given && !is_there) throw Error(Code::missing_field, field.name);
    }
    places_ = places_of(pricer_->book());
    for (const auto& column : columns_) {
      if (column.field->is_price) places_ = std::max(places_, column.type.places);
    }
  }

  static BoundColumn bound(const ArrowSchema& column, const LineField& field, std::size_t child) {
    BoundColumn bound{.field = &field, .child = child, .type = arrow_type_of(column.format), .index = {}};
    if (column.dictionary) {
      if (bound.type.kind != ArrowType::integer || !column.dictionary->format)
        throw Error(Code::invalid_value, field.name);
      bound.index = bound.type;
      bound.type = arrow_type_of(column.dictionary->format);
      if (column.dictionary->dictionary) throw Error(Code::invalid_value, field.name);
    }
    field.check_type(bound.type);
    return bound;
  }

  void take_defaults(const ArrowLineOptions& options) {
    if (options.date) defaults_.second = options.date->first_moment().time_since_epoch().count();
    if (options.currency.empty()) return;
    if (check_name(options.currency)) throw Error(Code::invalid_identifier, subject_of("currency", options.currency));
    defaults_.currency = ids_.currency(options.currency);
  }

  void plane_of(const LineChunk& chunk) const {
    constexpr std::size_t worth_it = 16;  // as BatchPricer has it
    const auto& day = chunk.defaults();
    if (day.currency < unknown_id && chunk.count() * worth_it >= ids_.items())
      pricer_->plane(*day.second, day.currency);
  }

  void price_slice(const LineChunk& chunk, std::size_t begin, LineSlice* slice, const PricedColumns& priced,
                   const BatchOptions& options) const {
    pricer_->price(slice->lines(), priced, options);
    for (const auto row : slice->odd_rows()) {
      price_lines(pricer_->book(), nullptr, slice->alone(row), moved(priced, row), options.instructions);
    }
    const auto settle = [&](std::size_t row) {
      if (const auto fault = chunk.fault(begin + row)) priced.status[row] = status_of_line(*fault);
    };
    for (const auto row : slice->bad_rows()) settle(row);
    for (std::size_t row = 0; row < slice->lines().count; ++row) {
      if (is_of_cells(priced.status[row])) settle(row);
    }
  }

  static PricedColumns moved(PricedColumns columns, std::size_t row) {
    const auto move = [row](auto*& column) {
      if (column) column += row;
    };
    move(columns.status);
    move(columns.list_price);
    move(columns.unit_price);
    move(columns.discount);
    move(columns.gross);
    move(columns.discount_amount);
    move(columns.net);
    move(columns.unit_net);
    move(columns.list_amount);
    move(columns.saved);
    move(columns.has_list_price);
    move(columns.source);
    move(columns.applied_campaign);
    move(columns.applied_price_book);
    return columns;
  }

  std::shared_ptr<const BatchPricer> pricer_;
  BookIds ids_;
  IdTables tables_;
  LineDictionaries dictionaries_;
  BatchOptions batch_;
  std::vector<LineResult> wanted_;
  std::vector<BoundColumn> columns_;
  LineDefaults defaults_;
  int places_ = 0;
};

ArrowPricer::ArrowPricer(std::shared_ptr<const BatchPricer> pricer, const ArrowSchema& lines, ArrowLineOptions options)
    : binding_(std::make_unique<Binding>(std::move(pricer), lines, options)) {}

ArrowPricer::~ArrowPricer() = default;
ArrowPricer::ArrowPricer(ArrowPricer&&) noexcept = default;
ArrowPricer& ArrowPricer::operator=(ArrowPricer&&) noexcept = default;

int ArrowPricer::places() const noexcept { return binding_->places(); }

void ArrowPricer::schema(ArrowSchema* priced) const { binding_->schema(priced); }

void ArrowPricer::price(const ArrowArray& lines, ArrowArray* priced) { binding_->price(lines, priced); }

}  // namespace rabatt
