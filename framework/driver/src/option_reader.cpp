#include <azoth/driver/option_reader.hpp>

#include <azoth/base/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace azoth {
namespace {

bool same_word(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

void option_reader::refuse(std::string_view name, std::string_view value, std::string_view expected) {
    throw_error(errc::url_option, fmt::format("the option {}={} is not possible: {}", name, value, expected));
}

std::int64_t option_reader::number(std::string_view name, std::int64_t otherwise, std::int64_t min, std::int64_t max) const {
    const auto given = url_.find_option(name);
    if (!given) return otherwise;
    std::int64_t number = 0;
    const char* const end = given->data() + given->size();
    const auto [stopped, problem] = std::from_chars(given->data(), end, number);
    if (problem != std::errc{} || stopped != end) refuse(name, *given, "give a whole number");
    if (number < min || number > max) refuse(name, *given, fmt::format("give a number from {} to {}", min, max));
    return number;
}

std::string option_reader::word(std::string_view name, std::string_view otherwise, std::initializer_list<std::string_view> allowed) const {
    const auto given = url_.find_option(name);
    const std::string_view said = given ? std::string_view{*given} : otherwise;
    for (const std::string_view candidate : allowed)
        if (same_word(said, candidate)) return std::string{candidate};
    refuse(name, said, fmt::format("it takes {}", fmt::join(allowed, ", ")));
}

bool option_reader::flag(std::string_view name, bool otherwise) const {
    const std::string said = word(name, otherwise ? "on" : "off", {"on", "true", "yes", "1", "off", "false", "no", "0"});
    return said == "on" || said == "true" || said == "yes" || said == "1";
}

std::string option_reader::text(std::string_view name, std::string_view otherwise) const {
    const auto given = url_.find_option(name);
    return given ? std::string{*given} : std::string{otherwise};
}

}  // namespace azoth
