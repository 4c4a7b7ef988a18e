#include "portable_sql.hpp"

#include "sql_tokens.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/column_defaults.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <cstdlib>
#include <utility>

namespace azoth::detail {
namespace {

value bytes_of(std::string_view digits) {
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        unsigned byte = 0;
        std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
        bytes.push_back(static_cast<std::byte>(byte));
    }
    return value{bytes};
}

class builder {
public:
    explicit builder(const std::vector<std::string>& truths) noexcept : truths_{truths} {}
    node_ptr run(const tokens& all) {
        text_->pieces.emplace_back();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!add(all, i)) return {};
        return text_;
    }

private:
    bool add(const tokens& all, std::size_t i) {
        const token& t = all[i];
        std::string& piece = text_->pieces.back();
        if (!piece.empty() || text_->binds.empty() == false) {
            const bool joined = t.text == ")" || t.text == "," ||
                                (t.text == "(" && i > 0 && all[i - 1].kind == token_kind::word && has(functions, lower(all[i - 1].text)));
            if (!joined && !is_mark(all, i - 1, "(")) piece += ' ';
        }
        switch (t.kind) {
            case token_kind::number: piece += is_truth(all, i) ? (t.text == "1" ? "true" : "false") : t.text; return true;
            case token_kind::mark:
                piece += t.text == "!=" ? "<>" : t.text;
                return t.text != "::" && t.text != "[" && t.text != "]" && t.text != ".";
            case token_kind::text: put(make_node<bind_node>(value{std::string_view{t.text}}, type{type_kind::text})); return true;
            case token_kind::bytes: put(make_node<bind_node>(bytes_of(t.text), type{type_kind::binary})); return true;
            case token_kind::name: put(make_node<const own_column_node>(t.text, type{})); return true;
            case token_kind::word: break;
        }
        const std::string word = lower(t.text);
        const bool is_called = is_mark(all, i + 1, "(");
        if (has(keywords, word)) piece += t.text;
        else if (is_called && has(functions, word)) piece += word;
        else if (is_called) return false;
        else put(make_node<const own_column_node>(t.text, type{}));
        return true;
    }
    /// Whether a number is compared with a column that is true or false.
    [[nodiscard]] bool is_truth(const tokens& all, std::size_t i) const {
        const bool is_compared = i >= 2 && (is_mark(all, i - 1, "=") || is_mark(all, i - 1, "<>"));
        return is_compared && (all[i].text == "0" || all[i].text == "1") && all[i - 2].kind == token_kind::name &&
               std::ranges::find(truths_, all[i - 2].text) != truths_.end();
    }
    void put(node_ptr bind) {
        text_->binds.push_back(std::move(bind));
        text_->pieces.emplace_back();
    }

    const std::vector<std::string>& truths_;
    node_handle<text_node> text_{make_node<text_node>()};
};

template <class T>
value read_as(const std::string& text) {
    return value{value{text}.as<T>()};
}

value number_of(const std::string& text, type_kind kind) {
    if (kind == type_kind::real || kind == type_kind::double_) return value{std::strtod(text.c_str(), nullptr)};
    return value{decimal::parse(text).normalized()};
}

value truth_of(const std::string& text) {
    if (text == "1" || text == "true" || text == "t") return value{true};
    return text == "0" || text == "false" || text == "f" ? value{false} : value{};
}

/// The value of a type that a token is; NULL where it is none.
value value_in(const token& t, const type& of) {
    const bool is_text = t.kind == token_kind::text;
    switch (family_of(of.kind)) {
        case type_family::boolean: return truth_of(lower(t.text));
        case type_family::number: return is_text || t.kind == token_kind::number ? number_of(t.text, of.kind) : value{};
        case type_family::binary:
            if (t.kind == token_kind::bytes) return bytes_of(t.text);
            return is_text && t.text.starts_with("\\x") ? bytes_of(std::string_view{t.text}.substr(2)) : value{};
        default: break;
    }
    if (!is_text) return {};
    switch (family_of(of.kind)) {
        case type_family::text: return value{t.text};
        case type_family::date: return read_as<date>(t.text);
        case type_family::time: return read_as<time_of_day>(t.text);
        case type_family::timestamp: return read_as<local_timestamp>(t.text);
        case type_family::instant: return read_as<timestamp>(t.text);
        case type_family::uuid: return read_as<uuid>(t.text);
        case type_family::json: return read_as<nlohmann::json>(t.text);
        default: return {};
    }
}

}  // namespace

std::vector<std::string> columns_in(const node& expression) {
    std::vector<std::string> names;
    if (const auto* text = node_cast<text_node>(&expression))
        for (const auto& part : text->binds)
            if (const auto* column = node_cast<own_column_node>(part)) names.push_back(column->name);
    return names;
}

std::string canonical_sql(std::string_view family, std::string_view sql) {
    const auto found = plain_tokens(family, sql);
    if (!found) return std::string{sql};
    std::string text;
    for (const auto& t : without_parentheses(*found)) {
        if (!text.empty()) text += ' ';
        if (t.kind == token_kind::text) text += '\'' + t.text + '\'';
        else if (t.kind == token_kind::bytes) text += "x'" + t.text + '\'';
        else if (t.kind == token_kind::name) text += t.text;
        else if (const std::string word = lower(t.text); t.kind == token_kind::word && (word == "true" || word == "false"))
            text += word == "true" ? '1' : '0';
        else text += t.text == "!=" ? "<>" : word;
    }
    return text;
}

node_ptr portable_sql(std::string_view family, std::string_view sql, const std::vector<std::string>& truths) {
    const auto found = plain_tokens(family, sql);
    return found ? builder{truths}.run(*found) : node_ptr{};
}

node_ptr literal_sql(std::string_view family, std::string_view sql, const type& of) {
    const auto found = plain_tokens(family, sql);
    if (!found) return {};
    const tokens all = without_parentheses(*found);
    const bool is_negative = all.size() == 2 && is_mark(all, 0, "-") && all[1].kind == token_kind::number;
    if (all.size() != 1 && !is_negative) return {};
    try {
        value v = value_in(token{all.back().kind, (is_negative ? "-" : "") + all.back().text}, of);
        return v.is_null() ? node_ptr{} : node_ptr{make_node<const literal_node>(std::move(v), of)};
    } catch (const error&) {  // not of the type: then it is more than a value
        return {};
    }
}

}  // namespace azoth::detail
