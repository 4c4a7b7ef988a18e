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

std::string to_string(const type& t) {
    std::string name{kind_name(t.kind)};
    if (t.length != 0) return fmt::format("{}({})", name, t.length);
    if (t.precision != 0) return fmt::format("{}({}, {})", name, t.precision, t.scale);
    return name;
}

}  // namespace azoth
