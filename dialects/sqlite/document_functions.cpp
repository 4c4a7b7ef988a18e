// What the rules for JSON and arrays call where SQLite's own functions fall short.
#include "document_functions.hpp"

#include "function_support.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace azoth::sqlite {
namespace {

using nlohmann::json;

constexpr int deepest_document = 1'000;  // as SQLite's own functions have it in later versions

/// What is deeper would take the stack when it is written again.
void check_depth(std::string_view text) {
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') is_quoted = !is_quoted;
        else if (is_quoted) i += c == '\\' ? 1 : 0;
        else if (c == ']' || c == '}') --depth;
        else if ((c == '[' || c == '{') && ++depth > deepest_document)
            throw_error(errc::value_range, fmt::format("a JSON document is nested more than {} deep", deepest_document));
    }
}

json parsed(sqlite3_value* v) {
    check_depth(text_of(v));
    json found = json::parse(text_of(v), nullptr, false);
    if (found.is_discarded()) throw_error(errc::value_format, "a text is no JSON");
    return found;
}

/// Makes a document in which fractions, and integers of more than 64 bits, are kept as they are spelt: as bytes, which JSON has not.
class spelling_builder final : public json::json_sax_t {
public:
    explicit spelling_builder(json& made) noexcept : made_{made} {}
    bool null() override { return add(nullptr); }
    bool boolean(bool v) override { return add(v); }
    bool number_integer(std::int64_t v) override { return add(v); }
    bool number_unsigned(std::uint64_t v) override { return add(v); }
    bool number_float(double, const std::string& as_spelt) override { return add(json::binary({as_spelt.begin(), as_spelt.end()})); }
    bool string(std::string& v) override { return add(std::move(v)); }
    bool binary(json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool key(std::string& v) override {
        key_ = std::move(v);
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    json& put(json v) {
        if (inside_.empty()) return made_ = std::move(v);
        json& in = *inside_.back();
        if (in.is_object()) return in[key_] = std::move(v);
        in.push_back(std::move(v));
        return in.back();
    }
    bool add(json v) {
        put(std::move(v));
        return true;
    }
    bool open(json v) {
        inside_.push_back(&put(std::move(v)));
        return true;
    }
    bool close() {
        inside_.pop_back();
        return true;
    }

    json& made_;
    std::vector<json*> inside_{};  // each is the last member of the one before it: none moves while it is open
    std::string key_{};
};

json parsed_as_spelt(sqlite3_value* v) {
    check_depth(text_of(v));
    json found;
    spelling_builder builder{found};
    if (!json::sax_parse(text_of(v), &builder)) throw_error(errc::value_format, "a text is no JSON");
    return found;
}

void write_as_spelt(const json& from, std::string& to) {
    if (from.is_binary()) {
        to.append(from.get_binary().begin(), from.get_binary().end());
    } else if (from.is_structured() && !from.empty()) {
        to += from.is_object() ? '{' : '[';
        for (const auto& [key, member] : from.items()) {
            if (from.is_object()) to.append(json(key).dump()).append(":");
            write_as_spelt(member, to);
            to += ',';
        }
        to.back() = from.is_object() ? '}' : ']';
    } else {
        to += from.dump();
    }
}

void give_as_spelt(sqlite3_context* to, const json& document) {
    std::string text;
    write_as_spelt(document, text);
    give_text(to, text);
}

/// An array's text as Azoth writes it, so that equal arrays are equal texts.
std::string array_text(const json& elements) {
    std::string text = "[";
    for (const json& e : elements) text += (text.size() > 1 ? ", " : "") + e.dump();
    return text + "]";
}

/// What a step leads to; null where it leads nowhere.
json* step_into(json& from, const json& step) {
    if (step.is_string()) {
        const auto found = from.is_object() ? from.find(step.get_ref<const std::string&>()) : from.end();
        return found == from.end() ? nullptr : &*found;
    }
    const auto at = step.get<std::size_t>();
    return from.is_array() && at < from.size() ? &from[at] : nullptr;
}

/// Where all steps but for the last lead to, if that can have such a member.
json* holder(json& document, const json& way) {
    json* at = &document;
    for (std::size_t i = 0; at && i + 1 < way.size(); ++i) at = step_into(*at, way[i]);
    const bool fits = at && (way.back().is_string() ? at->is_object() : at->is_array());
    return fits ? at : nullptr;
}

void give_member(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        json document = parsed_as_spelt(args[0]);
        json* at = &document;
        for (const json& step : parsed(args[1]))
            if (at) at = step_into(*at, step);
        if (at) give_as_spelt(to, *at);
    });
}

void give_changed(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        json document = parsed_as_spelt(args[0]);
        const json way = parsed(args[1]);
        json* in = holder(document, way);
        if (in && in->is_object()) (*in)[way.back().get_ref<const std::string&>()] = parsed_as_spelt(args[2]);
        else if (in && way.back().get<std::size_t>() < in->size()) (*in)[way.back().get<std::size_t>()] = parsed_as_spelt(args[2]);
        else if (in) in->push_back(parsed_as_spelt(args[2]));
        give_as_spelt(to, document);
    });
}

void give_without(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        json document = parsed_as_spelt(args[0]);
        const json way = parsed(args[1]);
        json* in = holder(document, way);
        if (in && in->is_object()) in->erase(way.back().get_ref<const std::string&>());
        else if (in && way.back().get<std::size_t>() < in->size()) in->erase(way.back().get<std::size_t>());
        give_as_spelt(to, document);
    });
}

/// As PostgreSQL's @> has it.
bool contains(const json& whole, const json& part, bool is_outermost) {
    if (whole.is_object() && part.is_object())
        return std::all_of(part.items().begin(), part.items().end(), [&](const auto& member) {
            const auto found = whole.find(member.key());
            return found != whole.end() && contains(*found, member.value(), false);
        });
    if (whole.is_array() && part.is_array())
        return std::all_of(part.begin(), part.end(), [&](const json& wanted) {
            return std::any_of(whole.begin(), whole.end(), [&](const json& e) { return contains(e, wanted, false); });
        });
    const bool is_element = is_outermost && whole.is_array() && part.is_primitive();
    return is_element ? std::find(whole.begin(), whole.end(), part) != whole.end() : whole == part;
}

void give_contains(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] { sqlite3_result_int(to, contains(parsed(args[0]), parsed(args[1]), true) ? 1 : 0); });
}

void give_slice(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const json all = parsed(args[0]);
        const auto size = static_cast<std::int64_t>(all.size());
        const std::int64_t from = std::clamp<std::int64_t>(sqlite3_value_int64(args[1]), 0, size);
        const std::int64_t end = std::clamp<std::int64_t>(sqlite3_value_int64(args[2]), from, size);
        give_text(to, array_text(json(all.begin() + from, all.begin() + end)));
    });
}

void give_concatenation(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        json all = parsed(args[0]);
        for (json& e : parsed(args[1])) all.push_back(std::move(e));
        give_text(to, array_text(all));
    });
}

/// Two arrays whose elements can be compared: decimals, which are texts, without the zeros that mean nothing.
struct array_pair {
    json first;
    json second;
    explicit array_pair(arguments args) : first(parsed(args[0])), second(parsed(args[1])) {
        if (sqlite3_value_int(args[2]) == 0) return;
        for (json* array : {&first, &second})
            for (json& e : *array)
                if (e.is_string()) e = to_string(decimal::parse(e.get_ref<const std::string&>()).normalized());
    }
    /// NULL is never found.
    [[nodiscard]] bool has(const json& wanted) const {
        return !wanted.is_null() && std::find(first.begin(), first.end(), wanted) != first.end();
    }
};

void give_contains_all(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const array_pair p{args};
        sqlite3_result_int(to, std::all_of(p.second.begin(), p.second.end(), [&](const json& e) { return p.has(e); }) ? 1 : 0);
    });
}

void give_overlaps(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const array_pair p{args};
        sqlite3_result_int(to, std::any_of(p.second.begin(), p.second.end(), [&](const json& e) { return p.has(e); }) ? 1 : 0);
    });
}

void give_position(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const array_pair p{args};
        const auto found = std::find(p.first.begin(), p.first.end(), p.second.at(0));
        if (found != p.first.end()) sqlite3_result_int64(to, found - p.first.begin());
    });
}

void give_removed(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const array_pair p{args};
        const json all = parsed(args[0]);  // with the digits that they came with
        json kept = json::array();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (p.first[i] != p.second.at(0)) kept.push_back(all[i]);
        give_text(to, array_text(kept));
    });
}

}  // namespace

void register_documents(sqlite3* db) {
    add(db, "azoth_json_get", 2, &give_member);
    add(db, "azoth_json_set", 3, &give_changed);
    add(db, "azoth_json_remove", 2, &give_without);
    add(db, "azoth_json_contains", 2, &give_contains);
    add(db, "azoth_array_slice", 3, &give_slice);
    add(db, "azoth_array_concat", 2, &give_concatenation);
    add(db, "azoth_array_contains_all", 3, &give_contains_all);
    add(db, "azoth_array_overlaps", 3, &give_overlaps);
    add(db, "azoth_array_position", 3, &give_position);
    add(db, "azoth_array_remove", 3, &give_removed);
}

}  // namespace azoth::sqlite
