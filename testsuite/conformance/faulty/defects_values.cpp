// What happens to values between a program and its database.
#include "defect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace azoth::faulty {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_text(const cell& c) { return c.tag == cell_tag::text || c.tag == cell_tag::decimal; }

/// "...:45.123456": a time of day with a fraction, alone or behind a date.
bool has_fraction_of_second(std::string_view text) {
    const auto point = text.rfind('.');
    return point != std::string_view::npos && point >= 8 && text[point - 3] == ':' && text[point - 6] == ':' && is_digit(text[point - 1]);
}

class drops_microseconds final : public defect {
    void send(cell& c, arena& memory) override {
        if (c.tag == cell_tag::time || c.tag == cell_tag::timestamp || c.tag == cell_tag::instant) c.i64 -= c.i64 % 1'000'000;
        if (!is_text(c) || !has_fraction_of_second(c.chars_view())) return;
        std::string text{c.chars_view()};
        for (std::size_t i = text.rfind('.') + 1; i < text.size() && is_digit(text[i]); ++i) text[i] = '0';
        c = replaced(c, text, memory);
    }
};

class truncates_at_nul final : public defect {
    void send(cell& c, arena&) override {
        if (c.tag == cell_tag::text) c.chars.size = std::min(c.chars.size, c.chars_view().find('\0'));
    }
};

/// "18446744073709551615" comes back as -1.
class unsigned_as_signed final : public defect {
    void receive(cell& c, arena& memory) override {
        if (!is_text(c)) return;
        const auto text = c.chars_view();
        std::uint64_t number{};
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc{} || end != text.data() + text.size() || number >> 63 == 0) return;
        c = replaced(c, fmt::format("{}", static_cast<std::int64_t>(number)), memory);
    }
};

class decimals_through_double final : public defect {
    void receive(cell& c, arena& memory) override {
        if (!is_text(c)) return;
        const std::string text{c.chars_view()};
        const bool is_number = text.size() > 15 && text.find_first_not_of("-0123456789.") == std::string::npos &&
                               std::count(text.begin(), text.end(), '.') == 1 && text.rfind('-') + 1 <= 1;
        if (!is_number) return;
        const auto scale = text.size() - text.find('.') - 1;
        c = replaced(c, fmt::format("{:.{}f}", std::strtod(text.c_str(), nullptr), scale), memory);
    }
};

class empty_text_as_null final : public defect {
    void send(cell& c, arena&) override {
        if (c.tag == cell_tag::text && c.chars.size == 0) c = cell{};
    }
};

/// As a column with too few bytes for each character does: what is outside of the basic plane becomes a question mark.
class basic_plane_only final : public defect {
    void send(cell& c, arena& memory) override {
        if (c.tag != cell_tag::text) return;
        const auto is_head_of_four = [](char x) { return (static_cast<unsigned char>(x) & 0xF8) == 0xF0; };
        const auto text = c.chars_view();
        if (std::none_of(text.begin(), text.end(), is_head_of_four)) return;
        std::string changed;
        for (std::size_t i = 0; i < text.size(); ++i) {
            changed += is_head_of_four(text[i]) ? '?' : text[i];
            if (is_head_of_four(text[i])) i += 3;
        }
        c = replaced(c, changed, memory);
    }
};

class trims_blanks final : public defect {
    void receive(cell& c, arena&) override {
        while (c.tag == cell_tag::text && c.chars.size > 0 && c.chars.data[c.chars.size - 1] == ' ') --c.chars.size;
    }
};

class cuts_large_values final : public defect {
    void send(cell& c, arena&) override {
        constexpr std::size_t most = 65'535;
        if (c.tag == cell_tag::text || c.tag == cell_tag::bytes) c.chars.size = std::min(c.chars.size, most);
    }
};

class float_for_double final : public defect {
    void send(cell& c, arena&) override {
        if (c.tag == cell_tag::f64) c.f64 = static_cast<double>(static_cast<float>(c.f64));
    }
};

constexpr named_defect list[] = {
    {"drops-microseconds", &make<drops_microseconds>},
    {"truncates-at-nul", &make<truncates_at_nul>},
    {"unsigned-as-signed", &make<unsigned_as_signed>},
    {"decimals-through-double", &make<decimals_through_double>},
    {"empty-text-as-null", &make<empty_text_as_null>},
    {"basic-plane-only", &make<basic_plane_only>},
    {"trims-blanks", &make<trims_blanks>},
    {"cuts-large-values", &make<cuts_large_values>},
    {"float-for-double", &make<float_for_double>},
};

}  // namespace

std::span<const named_defect> value_defects() { return list; }

}  // namespace azoth::faulty
