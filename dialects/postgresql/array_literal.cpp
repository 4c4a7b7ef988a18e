#include "array_literal.hpp"

#include <fmt/format.h>

namespace azoth::postgresql {
namespace {

void append_quoted(std::string& to, std::string_view text) {
    to += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') to += '\\';
        to += c;
    }
    to += '"';
}

void append_element(std::string& to, const cell& e) {
    switch (e.tag) {
        case cell_tag::null: to += "NULL"; return;
        case cell_tag::i64: fmt::format_to(std::back_inserter(to), "{}", e.i64); return;
        case cell_tag::u64: fmt::format_to(std::back_inserter(to), "{}", e.u64); return;
        case cell_tag::f64: fmt::format_to(std::back_inserter(to), "{}", e.f64); return;
        case cell_tag::json:
            throw_error(errc::not_supported,
                        fmt::format("the array's element {} is an array or an object: use a JSON column for it", describe(e)));
        default: append_quoted(to, e.chars_view()); return;
    }
}

}  // namespace

std::string array_literal(const cell& from) {
    array_reader elements{from};
    std::string text{"{"};
    for (cell e; elements.next(e);) {
        if (text.size() > 1) text += ',';
        append_element(text, e);
    }
    return text += '}';
}

}  // namespace azoth::postgresql
