#include "rabatt/arrow_lines.h"

#include <absl/strings/str_join.h>

#include <algorithm>
#include <string>

#include "in_threads.h"
#include "line_output.h"
#include "line_slice.h"

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
    std::vector<ArrowFieldOut> fields;
    fields.reserve(wanted_.size());
    for (const auto column : wanted_) fields.push_back(line_result_field(column, places_));
    *priced = exported(fields).taken();
  }

  void price(const ArrowArray& lines, ArrowArray* priced) {
    const LineChunk chunk(lines, columns_, defaults_, ids_, &tables_);
    LineOutput output(chunk.count(), wanted_, places_);
    const bool one_day = chunk.has_one_day();
    const std::size_t size = one_day ? lines_of_a_slice : lines_of_many_days;
    BatchOptions inside = batch_;
    if (one_day) {
      inside.threads = 1;
      const auto& day = chunk.defaults();
      pricer_->prepare(*day.second, day.currency, chunk.count());
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
    *priced = output.handed_out(dictionaries_).taken();
  }

 private:
  void bind(const ArrowSchema& lines, const ArrowLineOptions& options) {
    const auto names = column_names(lines, "lines");
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto* field = line_field_named(names[i]);
      if (!field) continue;
      columns_.push_back({field, arrow_field(lines, i, field->name)});
      field->check_type(columns_.back().column.type);
    }
    take_defaults(options);
    std::vector<std::string> missing;
    for (const auto& field : line_fields) {
      const bool is_given =
          (field.kind == FieldKind::date && options.date) || (field.name == "currency" && !options.currency.empty());
      const bool is_there = std::find(names.begin(), names.end(), field.name) != names.end();
      if (is_given && is_there) throw Error(Code::duplicate_field, field.name);
      if (field.required && !is_given && !is_there) missing.emplace_back(field.name);
    }
    if (!missing.empty()) throw Error(Code::missing_field, absl::StrJoin(missing, ", "));
    places_ = places_of(pricer_->book());
    for (const auto& column : columns_) {
      if (column.field->is_price) places_ = std::max(places_, column.column.type.places);
    }
  }

  void take_defaults(const ArrowLineOptions& options) {
    if (options.date) defaults_.second = options.date->first_moment().time_since_epoch().count();
    if (options.currency.empty()) return;
    if (check_name(options.currency)) throw Error(Code::invalid_identifier, subject_of("currency", options.currency));
    defaults_.currency = ids_.currency(options.currency);
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

ArrowPricer::ArrowPricer(std::shared_ptr<const BatchPricer> pricer, const ArrowSchema& lines,
                         const ArrowLineOptions& options)
    : binding_(std::make_unique<Binding>(std::move(pricer), lines, options)) {}

ArrowPricer::~ArrowPricer() = default;
ArrowPricer::ArrowPricer(ArrowPricer&&) noexcept = default;
ArrowPricer& ArrowPricer::operator=(ArrowPricer&&) noexcept = default;

int ArrowPricer::places() const noexcept { return binding_->places(); }

void ArrowPricer::schema(ArrowSchema* priced) const { binding_->schema(priced); }

void ArrowPricer::price(const ArrowArray& lines, ArrowArray* priced) { binding_->price(lines, priced); }

}  // namespace rabatt
