#include "publish.h"

#include "rabatt/hash_map.h"
#include "rabatt/records/audience.h"
#include "record_states.h"

namespace rabatt {
namespace {

using Labels = HashMap<std::int64_t, std::string>;

// What a book is made of, where records have much besides.
constexpr std::string_view customer_fields[] = {"number",   "is_customer",  "customer_number",
                                                "discount", "organisation", "payment_term"};
constexpr std::string_view campaign_fields[] = {"number",
                                                "name",
                                                "code",
                                                "posted",
                                                "active",
                                                "status",
                                                "pricing_type",
                                                "combine",
                                                "currency",
                                                "date",
                                                "valid_from",
                                                "valid_until",
                                                "customer",
                                                "target_group",
                                                "priority",
                                                "code_required",
                                                "allow_customer_discount",
                                                "force_price"};

// Typed access to a state: the struct of the type, filled; only the fields that are named, if there are any.
template <class Record, class Visit>
void each(Session& session, std::int64_t sequence, const Visit& visit, std::span<const std::string_view> named = {}) {
  const auto& type = record_type<Record>();
  Record record;
  each_state(session, type, sequence, named, [&](std::int64_t id, const Values& values) {
    type.fill(&record, values);
    visit(id, record);
  });
}

std::optional<Date> date_of(const std::optional<Day>& day) { return day ? std::optional<Date>(*day) : std::nullopt; }

class Publisher {
 public:
  Publisher(Session& session, PublishOptions options, std::int64_t sequence)
      : session_(session), options_(options), sequence_(sequence) {}

  BookContent content() {
    add_policy();
    add_items();
    each<OrganisationRecord>(session_, sequence_, [&](std::int64_t id, const OrganisationRecord& organisation) {
      organisations_.emplace(id, organisation.number);
    });
    add_payment_terms();
    add_customers();
    add_price_books();
    add_campaigns();
    return std::move(content_);
  }

  std::int64_t members_skipped = 0;
  std::vector<std::string> left_out;

 private:
  void add_policy() {
    each<SettingsRecord>(session_, sequence_, [&](std::int64_t, const SettingsRecord& settings) {
      content_.policy = {.rounding = settings.rounding,
                         .round_at = settings.round_at,
                         .intermediate_digits = settings.intermediate_digits,
                         .currencies = settings.currencies,
                         .price_choice = settings.price_choice,
                         .early_payment_tax = settings.early_payment_tax,
                         .prices_include_tax = settings.prices_include_tax};
    });
  }

  void add_items() {
    each<ItemRecord>(session_, sequence_, [&](std::int64_t id, const ItemRecord& item) {
      items_.emplace(id, item.number);
      content_.items.push_back({.item = item.number,
                                .name = item.name,
                                .kind = item.kind,
                                .unit = item.unit,
                                .units = item.units,
                                .prices = item.prices,
                                .category = item.category,
                                .cost = item.cost,
                                .discountable = item.discountable});
    });
  }

  void add_payment_terms() {
    each<PaymentTermRecord>(session_, sequence_, [&](std::int64_t id, const PaymentTermRecord& term) {
      terms_.emplace(id, term.number);
      PaymentTerm published{.payment_term = term.number,
                            .name = term.name,
                            .active = term.active,
                            .net_days = static_cast<std::int32_t>(term.net_days.value_or(0)),
                            .end_of_month = term.end_of_month,
                            .grace_days = static_cast<std::int32_t>(term.grace_days.value_or(0)),
                            .early = {}};
      for (const auto& tier : term.early) {
        published.early.push_back({static_cast<std::int32_t>(tier.days.value_or(0)), tier.discount});
      }
      content_.payment_terms.push_back(std::move(published));
    });
  }

  // By number only: names of customers are about people, and a book goes far.
  void add_customers() {
    each<PartyRecord>(
        session_, sequence_,
        [&](std::int64_t id, const PartyRecord& party) {
          if (!party.is_customer) return;
          std::string customer = party.customer_number;
          if (customer.empty()) customer = party.number;
          customers_.emplace(id, customer);
          content_.customers.push_back({.customer = std::move(customer),
                                        .name = {},
                                        .discount = party.discount.value_or(0),
                                        .organisation = label(organisations_, party.organisation.id),
                                        .payment_term = label(terms_, party.payment_term.id)});
        },
        customer_fields);
  }

  void add_price_books() {
    HashMap<std::int64_t, std::size_t> indexes;
    each<PriceBookRecord>(session_, sequence_, [&](std::int64_t id, const PriceBookRecord& record) {
      indexes.emplace(id, content_.price_books.size());
      auto& published =
          content_.price_books.emplace_back(PriceBook{.price_book = record.number,
                                                      .name = record.name,
                                                      .active = record.active,
                                                      .type = record.type,
                                                      .currency = record.currency,
                                                      .valid_from = date_of(record.valid_from),
                                                      .valid_until = date_of(record.valid_until),
                                                      .discount = record.discount.value_or(0),
                                                      .override_customer_prices = record.override_customer_prices,
                                                      .accounts = {},
                                                      .organisations = {},
                                                      .prices = {}});
      for (const auto& account : record.accounts) {
        if (const auto found = customers_.find(account.id); found != customers_.end()) {
          published.accounts.push_back(found->second);
        }
      }
      for (const auto& organisation : record.organisations) {
        published.organisations.push_back(label(organisations_, organisation.id));
      }
    });
    each<PriceBookLineRecord>(session_, sequence_, [&](std::int64_t, const PriceBookLineRecord& line) {
      const auto index = indexes.find(line.price_book.id);
      if (index == indexes.end()) return;
      content_.price_books[index->second].prices.push_back({.item = label(items_, line.item.id),
                                                            .unit = line.unit,
                                                            .price = line.price,
                                                            .quantity_min = line.quantity_min.value_or(0)});
    });
  }

  bool is_wanted(const CampaignRecord& campaign) const {
    const bool finished = campaign.status == CampaignStatus::completed || campaign.status == CampaignStatus::cancelled;
    const bool draft = !campaign.posted;
    if (draft && (!campaign.pricing_type || !campaign.date)) return false;  // the engine has no such campaigns
    return (options_.drafts || !draft) && (options_.finished || !finished);
  }

  // Whether all customers that the campaign names are ones.
  bool add_campaign(std::int64_t id, const CampaignRecord& campaign) {
    Campaign published{.campaign = campaign.number,
                       .name = campaign.name,
                       .code = campaign.code,
                       .posted = campaign.posted,
                       .active = campaign.active,
                       .status = campaign.status,
                       .pricing_type = campaign.pricing_type,
                       .combine = campaign.combine,
                       .currency = campaign.currency,
                       .date = date_of(campaign.date),
                       .valid_from = date_of(campaign.valid_from),
                       .valid_until = date_of(campaign.valid_until),
                       .customer = {},
                       .target_group = {},
                       .priority = campaign.priority,
                       .code_required = campaign.code_required,
                       .allow_customer_discount = campaign.allow_customer_discount,
                       .force_price = campaign.force_price,
                       .lines = {}};
    if (campaign.customer.id != 0) {
      const auto found = customers_.find(campaign.customer.id);
      if (found == customers_.end()) return false;
      published.customer = found->second;
    }
    if (campaign.target_group.id != 0 && campaign.posted) {
      published.target_group = campaign.number;
      groups_.emplace(id, content_.target_groups.size());
      content_.target_groups.push_back({.target_group = campaign.number, .members = {}});
    }
    campaigns_.emplace(id, content_.campaigns.size());
    content_.campaigns.push_back(std::move(published));
    return true;
  }

  void add_campaigns() {
    each<CampaignRecord>(
        session_, sequence_,
        [&](std::int64_t id, const CampaignRecord& campaign) {
          if (is_wanted(campaign) && !add_campaign(id, campaign)) left_out.push_back(campaign.number);
        },
        campaign_fields);
    each<CampaignLineRecord>(session_, sequence_, [&](std::int64_t, const CampaignLineRecord& line) {
      const auto index = campaigns_.find(line.campaign.id);
      if (index == campaigns_.end()) return;
      content_.campaigns[index->second].lines.push_back({.item = label(items_, line.item.id),
                                                         .unit = line.unit,
                                                         .price = line.price,
                                                         .discount = line.discount,
                                                         .quantity_min = line.quantity_min.value_or(0)});
    });
    each<FrozenMemberRecord>(session_, sequence_, [&](std::int64_t, const FrozenMemberRecord& member) {
      const auto group = groups_.find(member.campaign.id);
      if (group == groups_.end()) return;
      const auto customer = customers_.find(member.party.id);
      if (customer == customers_.end()) {
        ++members_skipped;
      } else {
        content_.target_groups[group->second].members.push_back(customer->second);
      }
    });
  }

  static const std::string& label(const Labels& labels, std::int64_t id) {
    static const std::string none;
    const auto found = labels.find(id);
    return found == labels.end() ? none : found->second;
  }

  Session& session_;
  PublishOptions options_;
  std::int64_t sequence_;
  BookContent content_;
  Labels items_, organisations_, terms_, customers_;
  HashMap<std::int64_t, std::size_t> campaigns_, groups_;
};

std::int64_t sequence_at(Session& session, Instant as_of) {
  if (as_of > session.at().time) throw Error(Code::invalid_as_of, text_of(as_of) + ": it is to come");
  const auto last = session.value("select max(sequence) from log where \"at\" <= $1", {text_of(as_of)});
  return last ? *integer_of(*last) : 0;
}

}  // namespace

Book present_book(Session& session) { return Book::build(Publisher(session, {}, present).content()); }

Publication publish(Session& session, const PublishOptions& options) {
  session.require("publish");
  const auto sequence = options.as_of ? sequence_at(session, *options.as_of) : present;
  Publisher publisher(session, options, sequence);
  auto book = Book::build(publisher.content());
  return {.book = std::move(book),
          .sequence = options.as_of ? sequence : session.sequence(),
          .members_skipped = publisher.members_skipped,
          .left_out = std::move(publisher.left_out)};
}

}  // namespace rabatt
