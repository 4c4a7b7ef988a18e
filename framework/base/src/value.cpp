#include <azoth/base/value.hpp>

#include <cstring>

namespace azoth {

value::value(const cell& from) { assign(from); }

void value::assign(const cell& from) {
    scalar_ = from;
    if (from.is_view()) {
        chars_.assign(from.chars.data, from.chars.size);
        scalar_.chars = {nullptr, 0};
    }
}

bool operator==(const value& a, const value& b) noexcept {
    if (a.scalar_.tag != b.scalar_.tag) return false;
    switch (a.scalar_.tag) {
        case cell_tag::null: return true;
        case cell_tag::text:
        case cell_tag::bytes:
        case cell_tag::decimal:
        case cell_tag::json:
        case cell_tag::array: return a.chars_ == b.chars_;
        case cell_tag::f64: return a.scalar_.f64 == b.scalar_.f64;
        case cell_tag::interval: return a.scalar_.interval == b.scalar_.interval;
        case cell_tag::uuid: return std::memcmp(a.scalar_.raw, b.scalar_.raw, 16) == 0;
        default: return a.scalar_.i64 == b.scalar_.i64;
    }
}

}  // namespace azoth
