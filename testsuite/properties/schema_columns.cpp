// Columns of random tables: their types, defaults, and who fills them.
#include "schema_generator.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace properties {
namespace {

using k = az::type_kind;
using namespace std::chrono_literals;

bool is_text(k kind) { return kind == k::string || kind == k::text; }

az::value words(unsigned which) {
    constexpr std::array<const char*, 8> texts{"", "a", "it's", "two  blanks", "naïve 測", "%s :x ? $1", "NULL", "-- \"no\""};
    return az::value{texts[which % texts.size()]};
}

}  // namespace

az::type schema_generator::number_type() {
    constexpr std::array<k, 8> kinds{k::integer,          k::big_integer,          k::small_integer, k::unsigned_small_integer,
                                     k::unsigned_integer, k::unsigned_big_integer, k::real,          k::double_};
    switch (const unsigned which = from_.pick(12)) {
        case 8: return az::numeric(1, 1);
        case 9: return az::numeric(30, 10);
        case 10: return az::numeric(12, 2);
        case 11: return az::numeric(38);
        default: return kinds[which];
    }
}

az::type schema_generator::text_type() {
    switch (from_.pick(4)) {
        case 0: return az::string(20);
        case 1: return az::string(1);
        case 2: return az::string(190);
        default: return k::text;
    }
}

az::type schema_generator::enumeration() {
    if (!enums_.empty() && from_.pick(2) == 0) return enums_[from_.pick(static_cast<unsigned>(enums_.size()))];
    std::vector<std::string> labels{"one"};
    constexpr std::array<const char*, 6> more{"two", "it's", "", "naïve 測", "a,b", "(c)\\"};
    for (const char* label : more)
        if (from_.pick(3) == 0) labels.emplace_back(label);
    enums_.push_back(az::enum_type(names_.make(), std::move(labels), place_.can().schema.enum_types ? schema() : std::string{}));
    return enums_.back();
}

az::type schema_generator::element_type() {
    switch (from_.pick(6)) {
        case 0: return k::integer;
        case 1: return k::text;
        case 2: return k::boolean;
        case 3: return k::big_integer;
        case 4: return k::double_;
        default: return k::uuid;
    }
}

az::type schema_generator::any_type() {
    switch (from_.pick(20)) {
        case 0:
        case 1:
        case 2:
        case 3: return number_type();
        case 4:
        case 5:
        case 6: return text_type();
        case 7: return k::boolean;
        case 8: return k::date;
        case 9: return k::time;
        case 10: return k::timestamp;
        case 11: return k::timestamp_tz;
        case 12: return k::interval;
        case 13: return k::binary;
        case 14: return az::binary(16);
        case 15: return k::uuid;
        case 16: return k::json;
        case 17: return az::array_of(element_type());
        default: return enumeration();
    }
}

az::node_ptr schema_generator::default_literal(const az::type& of) {
    const unsigned which = from_.pick(8);
    az::value v;
    switch (of.kind) {
        case k::boolean: v = az::value{which % 2 == 1}; break;
        case k::real:
        case k::double_: v = az::value{which % 2 == 0 ? -1.5 : 1e10}; break;
        case k::numeric:
            v = az::value{az::decimal::parse(of.scale != 0 && (which % 2 == 0 || of.precision == of.scale) ? "0.1" : "7")};
            break;
        case k::string: v = of.length < 20 ? az::value{"a"} : words(which); break;
        case k::text: v = words(which); break;
        case k::date: v = az::value{az::date{2026y / 2 / 28}}; break;
        case k::time: v = az::value{az::time_of_day{std::chrono::hours{23} + std::chrono::microseconds{which}}}; break;
        case k::timestamp: v = az::value{az::local_timestamp{std::chrono::microseconds{1'700'000'000'000'000 + which}}}; break;
        case k::timestamp_tz: v = az::value{az::timestamp{std::chrono::microseconds{1'700'000'000'000'000 + which}}}; break;
        case k::uuid: v = az::value{az::uuid::parse("123e4567-e89b-12d3-a456-426614174000")}; break;
        case k::binary: v = az::value{std::vector<std::byte>{std::byte{0}, std::byte{255}, std::byte{'\''}}}; break;
        case k::json: v = az::value{which % 2 == 0 ? nlohmann::json::object() : nlohmann::json{{"a", "it's"}}}; break;
        case k::enumeration: v = az::value{of.rare->labels[which % of.rare->labels.size()]}; break;
        case k::interval:
        case k::array: return {};
        default: v = az::value{std::int64_t{which} * 7}; break;
    }
    return az::make_node<const az::literal_node>(std::move(v), of);
}

void schema_generator::add_default(draft& to) {
    const az::type& t = to.spec.type;
    const unsigned how = from_.pick(6);
    if (how == 4 && (t.kind == k::timestamp || t.kind == k::timestamp_tz)) return az::server_default("CURRENT_TIMESTAMP").apply(to);
    if (how == 4 && t.kind == k::date) return az::server_default("CURRENT_DATE").apply(to);
    if (how == 4 && is_text(t.kind)) return az::server_default(az::func::lower(az::literal("X"))).apply(to);
    if (how == 4 && t.kind == k::big_integer) return az::server_default(az::literal(2) + az::literal(3) * az::literal(4)).apply(to);
    if (how == 5 && t.kind == k::big_integer && !sequences_.empty())
        return az::server_default(sequences_[from_.pick(static_cast<unsigned>(sequences_.size()))].next()).apply(to);
    if (auto literal = default_literal(t)) az::server_default_option{std::move(literal)}.apply(to);
}

schema_generator::draft schema_generator::column(drafted_table& of) {
    draft made = az::column(of.names.make(), any_type());
    made.spec.nullable = from_.pick(3) != 0;
    if (from_.pick(3) == 0) add_default(made);
    if (place_.can().comments) made.details.comment = comment();
    return made;
}

/// Over the columns before it, which nobody computes.
void schema_generator::add_computed(drafted_table& to) {
    const auto& schema = place_.can().schema;
    const bool is_stored = schema.stored_columns && (!schema.virtual_columns || from_.pick(2) == 0);
    const auto operands = some_columns(to, 2, [](const draft& c) {
        return (c.spec.type.kind == k::integer || c.spec.type.kind == k::string) && !c.generated.value_or(false);
    });
    if (operands.empty() || !(schema.stored_columns || schema.virtual_columns)) return;
    const draft& first = to.columns[operands.front()];
    draft made;
    if (first.spec.type.kind == k::integer) {
        const auto own = az::own_column<std::int64_t>(first.spec.name);
        made =
            az::column(to.names.make(), k::big_integer, from_.pick(2) == 0 ? az::computed(own * 2) : az::computed((own + 1) * (own - 3)));
    } else {
        const auto own = az::own_column<std::string>(first.spec.name);
        made = az::column(to.names.make(), az::string(190),
                          from_.pick(2) == 0 ? az::computed(az::func::lower(own)) : az::computed(az::func::coalesce(own, "none")));
    }
    made.details.computed->stored = is_stored;
    to.columns.push_back(std::move(made));
}

az::sequence_options schema_generator::counting(bool in_32_bits) {
    az::sequence_options o;
    if (from_.pick(2) == 0) return o;
    if (from_.pick(2) == 0) o.increment = from_.pick(2) == 0 ? 5 : 1;
    if (from_.pick(2) == 0) o.minimum = 3;
    if (from_.pick(2) == 0) o.start = 100 + from_.pick(200);
    if (from_.pick(3) == 0) o.maximum = in_32_bits ? 1'000'000 : 9'000'000'000'000;
    if (from_.pick(4) == 0) o.cache = 20;
    o.cycle = from_.pick(4) == 3;
    return o;
}

/// The database numbers the rows: by its own means, or as GENERATED ... AS IDENTITY.
void schema_generator::add_numbers(draft& to) {
    to.details.server_default = {};
    to.spec.has_default = false;
    to.generated = from_.pick(4) != 3;
    if (!*to.generated || from_.pick(2) == 0) return;
    if (!place_.can().schema.identity_columns) return az::identity().apply(to);
    const auto options = counting(to.spec.type.kind == k::integer);
    if (from_.pick(2) == 0) az::identity(options).apply(to);
    else az::always_identity(options).apply(to);
}

bool schema_generator::can_be_key(const draft& c) const {
    const az::type& t = c.spec.type;
    if (t.kind == k::json || t.kind == k::array || t.kind == k::real || t.kind == k::double_) return false;
    const bool is_boundless = t.kind == k::text || (t.kind == k::binary && t.length == 0);
    return !(is_boundless && place_.is_mysql());
}

std::string schema_generator::comment() {
    constexpr std::array<const char*, 6> texts{"", "", "", "what it is for", "it's \"quoted\", 測 \\ and `more`", "-- /* %s :x"};
    return texts[from_.pick(static_cast<unsigned>(texts.size()))];
}

}  // namespace properties
