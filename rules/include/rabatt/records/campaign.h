// Campaigns: what is planned, what prices, what is sent.
#pragma once

#include "rabatt/records/catalogue.h"

namespace rabatt {

enum class Channel { email, letter, fax, web, telephone, radio, tv };
template <>
inline constexpr std::array<std::string_view, 7> names<Channel> = {"email",     "letter", "fax", "web",
                                                                   "telephone", "radio",  "tv"};

enum class ResultBasis { recorded, entered };
template <>
inline constexpr std::array<std::string_view, 2> names<ResultBasis> = {"recorded", "entered"};

// One good or service of a campaign. (item, unit, quantity_min) stands once in a campaign.
struct CampaignLineRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "campaign_line", .plural = "campaign_lines", .versioned = true, .parent = "campaign", .sort = "line"};

  Reference<struct CampaignRecord> campaign;
  std::int64_t line = 0;  // its place in the campaign, from 1
  Required<Reference<ItemRecord>> item;
  Line<> unit;  // default: the item's base unit
  NotNegative price;
  Discount discount;
  NotNegative quantity_min = Decimal(0);
};
BOOST_DESCRIBE_STRUCT(CampaignLineRecord, (), (campaign, line, item, unit, price, discount, quantity_min))

// What a campaign is to cost and bring. Its id is the campaign's.
struct PlanRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "plan", .plural = "plans", .parent = "campaign"};

  Reference<struct CampaignRecord> campaign;
  NotNegative budget;
  Count recipients;
  Count responses;
  Count undeliverable;
  NotNegative planning;
  NotNegative target_selection;
  NotNegative measurement;
  NotNegative other;
  NotNegative material_per_unit;
  NotNegative distribution_per_unit;
  NotNegative response_handling_per_response;
  NotNegative return_handling_per_return;
  NotNegative revenue_per_order;
  NotNegative variable_cost_per_order;
};
BOOST_DESCRIBE_STRUCT(PlanRecord, (),
                      (campaign, budget, recipients, responses, undeliverable, planning, target_selection, measurement,
                       other, material_per_unit, distribution_per_unit, response_handling_per_response,
                       return_handling_per_return, revenue_per_order, variable_cost_per_order))

// A file of a campaign: its description; the bytes are stored by their hash.
struct AttachmentRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "attachment", .plural = "attachments", .parent = "campaign", .sort = "title"};

  Reference<struct CampaignRecord> campaign;
  Line<> title;  // default: the file's name
  Required<Line<>> file_name;
  ReadOnly<Count> file_size;  // bytes
  ReadOnly<Line<>> file_type;  // media type, from the content
  ReadOnly<Line<>> sha256;
  ReadOnly<Count> image_width;  // pixels, from the file's header
  ReadOnly<Count> image_height;
  ReadOnly<Count> image_depth;  // bits a pixel
  Line<> content_id;            // one in a campaign
  bool included = true;
  Line<> keywords;
  LongText description;
  Line<> archive_reference;
};
BOOST_DESCRIBE_STRUCT(AttachmentRecord, (),
                      (campaign, title, file_name, file_size, file_type, sha256, image_width, image_height, image_depth,
                       content_id, included, keywords, description, archive_reference))

struct CampaignRecord : StoredRecord {
  static constexpr std::string_view listed[] = {"sort_index", "name",        "offer",       "audience",     "date",
                                                "valid_from", "valid_until", "status",      "channel",      "active",
                                                "template",   "category",    "responsible", "sales_region", "customer"};
  static constexpr RecordTraits traits{
      .name = "campaign", .plural = "campaigns", .versioned = true, .sort = "sort_index", .listed = listed};

  Number number;  // the book's `campaign`
  Reference<NumeratorRecord> numerator;
  Required<Line<>> name;
  RecordCode code;
  Line<500> slogan;
  LongText goal;
  LongText description;
  LongText note;
  CampaignStatus status = CampaignStatus::planned;
  Channel channel = Channel::email;
  Reference<CategoryRecord> category;
  bool active = true;
  ReadOnly<bool> posted;
  ReadOnly<std::optional<Instant>> posted_at;
  ReadOnly<Line<>> posted_by;
  std::optional<PricingType> pricing_type;
  Combine combine = Combine::greater;
  CurrencyCode currency;
  ChangePercent change_percent;
  Required<std::optional<Day>> date;  // default: the caller's local day
  std::optional<Day> valid_from;
  std::optional<Day> valid_until;
  Reference<PartyRecord> customer;
  Reference<struct TargetGroupRecord> target_group;
  std::int32_t priority = 0;
  bool code_required = false;
  bool allow_customer_discount = false;
  bool force_price = false;
  std::optional<Day> planned_start;
  std::optional<Day> planned_end;
  std::optional<Day> actual_start;
  std::optional<Day> actual_end;
  std::optional<Instant> send_at;
  Reference<EmployeeRecord> responsible;
  Reference<SalesRegionRecord> sales_region;
  std::int32_t sort_index = 0;
  bool allow_email_duplicates = false;
  Reference<EmailTemplateRecord> email_template;
  OptionalDecimal expected_revenue;
  OptionalDecimal misc_cost = Decimal(0);
  OptionalDecimal misc_cost_planned = Decimal(0);
  Line<> offer;
  Line<> audience;
  Line<> sponsor;
  Reference<PriceBookRecord> price_book;
  Reference<ItemRecord> item;
  bool template_ = false;
  std::optional<ResultBasis> result_basis;
  Tags tags;
  CustomValues custom;
  Children<CampaignLineRecord> lines;
  OnlyChild<PlanRecord> plan;
};
BOOST_DESCRIBE_STRUCT(CampaignRecord, (),
                      (number, numerator, name, code, slogan, goal, description, note, status, channel, category,
                       active, posted, posted_at, posted_by, pricing_type, combine, currency, change_percent, date,
                       valid_from, valid_until, customer, target_group, priority, code_required,
                       allow_customer_discount, force_price, planned_start, planned_end, actual_start, actual_end,
                       send_at, responsible, sales_region, sort_index, allow_email_duplicates, email_template,
                       expected_revenue, misc_cost, misc_cost_planned, offer, audience, sponsor, price_book, item,
                       template_, result_basis, tags, custom, lines, plan))

}  // namespace rabatt
