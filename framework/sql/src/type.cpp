#include <azoth/sql/type.hpp>

#include <fmt/format.h>

namespace azoth {

bool operator==(const type& a, const type& b) noexcept {
    if (a.kind != b.kind || a.length != b.length || a.precision != b.precision || a.scale != b.scale) return false;
    if (a.rare == b.rare) return true;
    if (!a.rare || !b.rare) return false;
    if (a.rare->labels != b.rare->labels || a.rare->name != b.rare->name) return false;
    if (a.rare->element == b.rare->element) return true;
    return a.rare->element && b.rare->element && *a.rare->element == *b.rare->element;
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
