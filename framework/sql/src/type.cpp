#include <azoth/base/error.hpp>
#include <azoth/sql/type.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth {

bool operator==(const type& a, const type& b) noexcept {
    if (a.kind != b.kind || a.length != b.length || a.precision != b.precision || a.scale != b.scale) return false;
    if (a.rare == b.rare) return true;
    if (!a.rare || !b.rare) return false;
    if (a.rare->labels != b.rare->labels || a.rare->name != b.rare->name || a.rare->schema != b.rare->schema ||
        a.rare->native != b.rare->native)
        return false;
    if (a.rare->element == b.rare->element) return true;
    return a.rare->element && b.rare->element && *a.rare->element == *b.rare->element;
}

std::string_view type::native_name(std::string_view dialect, std::string_view family) const noexcept {
    if (!rare) return {};
    std::string_view found;
    for (const auto& [of, name] : rare->native) {
        if (of == dialect) return name;
        if (!family.empty() && of == family) found = name;
    }
    return found;
}

namespace {

/// Words, digits and what stands between them, and whole texts: ENUM('x', 'it''s'). Nothing that could end the type.
bool is_name_of_type(std::string_view name) {
    bool is_in_text = false;
    for (const char c : name) {
        if (c == '\'') is_in_text = !is_in_text;  // a quote that is doubled ends the text and starts it again
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              std::string_view{" _.,()[]'"}.find(c) != std::string_view::npos;
        if (c == '\0' || !(is_in_text || is_plain)) return false;
    }
    return !name.empty() && !is_in_text;
}

}  // namespace

type native_type(const type& base, std::vector<std::pair<std::string, std::string>> names) {
    for (const auto& [dialect, name] : names)
        if (!is_name_of_type(name))
            throw_error(errc::statement,
                        fmt::format("\"{}\" is no name of a type: words, digits, commas, parentheses and texts in quotes only", name));
    type::rare_parts rare = base.rare ? *base.rare : type::rare_parts{};
    rare.native = std::move(names);
    type t = base;
    t.rare = std::make_shared<const type::rare_parts>(std::move(rare));
    return t;
}

type enum_type(std::string name, std::vector<std::string> labels, std::string schema) {
    type::rare_parts rare;
    rare.labels = std::move(labels);
    rare.name = std::move(name);
    rare.schema = std::move(schema);
    type t{type_kind::enumeration};
    t.rare = std::make_shared<const type::rare_parts>(std::move(rare));
    return t;
}

type array_of(const type& element) {
    type::rare_parts rare;
    rare.element = std::make_shared<const type>(element);
    type t{type_kind::array};
    t.rare = std::make_shared<const type::rare_parts>(std::move(rare));
    return t;
}

type type_of_value(type_kind kind, type_kind element) {
    return kind == type_kind::array && element != type_kind::unknown ? array_of(element) : type{kind};
}

std::string to_string(const type& t) {
    std::string name{kind_name(t.kind)};
    if (t.length != 0) return fmt::format("{}({})", name, t.length);
    if (t.precision != 0) return fmt::format("{}({}, {})", name, t.precision, t.scale);
    if (t.rare && t.rare->element) return fmt::format("{} of {}", name, to_string(*t.rare->element));
    return name;
}

}  // namespace azoth
