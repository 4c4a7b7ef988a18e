#include <azoth/base/array_text.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include "reading.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace azoth {
namespace {

std::string in_quotes(std::string_view text) {
    try {
        return nlohmann::json(text).dump();
    } catch (const nlohmann::json::exception&) {
        throw_error(errc::value_format, fmt::format("the array's element {} is not valid UTF-8: convert it", describe(cell::text(text))));
    }
}

/// 0.1 stays 0.1, and a whole number keeps its point: JSON readers tell numbers by it. JSON has no infinity and no NaN.
std::string real_text(double d) {
    if (!std::isfinite(d)) return in_quotes(fmt::format("{}", d));
    std::string digits = fmt::format("{}", d);
    if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
    return digits;
}

std::string element_text(const cell& e) {
    switch (e.tag) {
        case cell_tag::null: return "null";
        case cell_tag::i64:
        case cell_tag::u64: return display(e);
        case cell_tag::f64: return real_text(e.f64);
        // With its unit: a bare number would be seconds to PostgreSQL.
        case cell_tag::interval: return fmt::format("\"{} microseconds\"", value{e}.as<std::chrono::microseconds>().count());
        default: break;
    }
    arena scratch;
    return in_quotes(convert(e, cell_tag::text, scratch).chars_view());
}

nlohmann::json elements_of(std::string_view literal) {
    nlohmann::json elements = nlohmann::json::array();
    for (array_literal_reader in{literal}; !in.at_end();) {
        const cell c = in.next();
        elements.push_back(c.is_null() ? nlohmann::json() : nlohmann::json(c.chars_view()));
    }
    return elements;
}

}  // namespace

void array_writer::separate() {
    if (text_.size() > 1) text_ += ", ";
}

void array_writer::add(const cell& element) {
    separate();
    text_ += element_text(element);
}

void array_writer::add_boolean(const cell& element) {
    separate();
    text_ += element.is_null() ? "null" : element.i64 != 0 ? "true" : "false";
}

cell array_writer::finish(arena& scratch) { return {cell_tag::array, scratch.copy(text_ + "]")}; }

void detail::refuse_array_shape() {
    throw_error(errc::not_supported,
                "an array of several dimensions, or one that does not start at 1, has no form in Azoth: select it with CAST(... AS TEXT), "
                "or as to_json(...)");
}

array_literal_reader::array_literal_reader(std::string_view text) : rest_{text} {
    if (rest_.size() < 2 || rest_.front() != '{' || rest_.back() != '}') detail::refuse_array_shape();  // "[0:1]={...}"
    rest_ = rest_.substr(1, rest_.size() - 2);
}

cell array_literal_reader::next() {
    element_.clear();
    const bool quoted = rest_.front() == '"';
    if (rest_.front() == '{') detail::refuse_array_shape();
    std::size_t i = quoted ? 1 : 0;
    const char end = quoted ? '"' : ',';
    for (; i < rest_.size() && rest_[i] != end; ++i) {
        if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
        element_ += rest_[i];
    }
    if (quoted && (i == rest_.size() || (++i < rest_.size() && rest_[i] != ',')))
        throw_error(errc::value_format, fmt::format("{} does not go on as an array's literal does", describe(cell::text(rest_))));
    rest_.remove_prefix(std::min(i + 1, rest_.size()));  // the comma too
    return quoted || element_ != "NULL" ? cell::text(element_) : cell{};
}

struct array_reader::body {
    nlohmann::json elements;
    nlohmann::json::const_iterator next;
    std::string text;
};

array_reader::array_reader(const cell& from) : body_{std::make_unique<body>()} {
    if (from.tag != cell_tag::array && from.tag != cell_tag::json && from.tag != cell_tag::text) detail::refuse_type(from, "an array");
    const bool is_literal = from.tag == cell_tag::text && from.chars_view().starts_with('{');
    body_->elements = is_literal ? elements_of(from.chars_view()) : nlohmann::json::parse(from.chars_view(), nullptr, false);
    if (!body_->elements.is_array()) throw_error(errc::value_format, fmt::format("{} is no JSON array", describe(from)));
    body_->next = body_->elements.cbegin();
}

array_reader::~array_reader() = default;

bool array_reader::next(cell& element) {
    if (body_->next == body_->elements.cend()) return false;
    const nlohmann::json& e = *body_->next++;
    if (e.is_null()) {
        element = cell{};
    } else if (e.is_number_unsigned() && e.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        element = cell::unsigned_integer(e.get<std::uint64_t>());
    } else if (e.is_number_integer()) {
        element = cell::integer(e.get<std::int64_t>());
    } else if (e.is_number_float()) {
        element = cell::real(e.get<double>());
    } else if (e.is_boolean()) {
        element = cell::integer(e.get<bool>() ? 1 : 0);
    } else if (e.is_string()) {
        element = cell::text(e.get_ref<const std::string&>());
    } else {
        body_->text = e.dump();
        element = cell::json(body_->text);
    }
    return true;
}

}  // namespace azoth
