// How the evaluator computes operations on texts that are not NULL. Places count characters.
#include "reference.hpp"

#include <azoth/dialect.hpp>

#include <algorithm>
#include <optional>

namespace properties {
namespace {

using o = az::operation;
using characters = std::vector<std::string>;

std::string joined(const characters& all, std::size_t from, std::size_t count) {
    std::string made;
    for (std::size_t i = from; i < all.size() && i - from < count; ++i) made += all[i];
    return made;
}

std::string trimmed(o op, characters text, const characters& away) {
    const auto goes = [&](const std::string& c) { return std::find(away.begin(), away.end(), c) != away.end(); };
    if (op != o::trim_trailing) text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), goes));
    if (op != o::trim_leading) text.erase(std::find_if_not(text.rbegin(), text.rend(), goes).base(), text.end());
    return joined(text, 0, text.size());
}

std::string padded(bool left, const characters& text, std::size_t length, const characters& fill) {
    if (text.size() >= length) return joined(text, 0, length);
    std::string more;
    for (std::size_t i = 0; i < length - text.size(); ++i) more += fill[i % fill.size()];
    const std::string all = joined(text, 0, text.size());
    return left ? more + all : all + more;
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string made;
    while (times-- > 0) made += text;
    return made;
}

std::int64_t position(const std::string& wanted, const std::string& in) {
    const auto at = in.find(wanted);
    return at == std::string::npos ? 0 : static_cast<std::int64_t>(characters_in(std::string_view{in}.substr(0, at)).size()) + 1;
}

std::int64_t code_point(const std::string& text) {
    if (text.empty()) return 0;
    const std::string first = characters_in(text).front();
    std::int64_t code = static_cast<unsigned char>(first[0]) & (first.size() == 1 ? 0x7f : 0xff >> (first.size() + 1));
    for (std::size_t i = 1; i < first.size(); ++i) code = code << 6 | (static_cast<unsigned char>(first[i]) & 0x3f);
    return code;
}

/// In lower case; databases differ in what they know beyond ASCII.
std::optional<std::string> folded(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool is_found(o op, const std::string& text, const std::string& wanted) {
    return op == o::starts_with ? text.starts_with(wanted)
           : op == o::ends_with ? text.ends_with(wanted)
                                : text.find(wanted) != std::string::npos;
}

meaning searched(const az::operation_node& n, const std::string& text, const std::string& wanted) {
    const bool is_like = n.op == o::ilike || n.op == o::not_ilike || n.op == o::like_escape || n.op == o::not_like_escape;
    const bool ignores_case = (n.option & az::text_options::ignore_case) != 0 || n.op == o::ilike || n.op == o::not_ilike;
    const auto x = ignores_case ? folded(text) : text;
    const auto y = ignores_case ? folded(wanted) : wanted;
    if (!x || !y) return no_opinion{};
    if (!is_like) return is_found(n.op, *x, *y);
    const bool negated = n.op == o::not_ilike || n.op == o::not_like_escape;
    return matches_like(*x, *y, az::text_options::escape_of(n.option)) != negated;
}

}  // namespace

meaning concat_with_separator(const std::vector<meaning>& arguments) {
    const auto* separator = std::get_if<std::string>(&arguments.front());
    if (!separator) return no_opinion{};
    std::string made;
    bool is_first = true;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        if (is_null(arguments[i])) continue;
        made += (is_first ? "" : *separator) + std::get<std::string>(arguments[i]);
        is_first = false;
    }
    return made;
}

meaning operate_on_texts(const az::operation_node& n, const std::string& text, const std::vector<meaning>& arguments) {
    const auto* other = arguments.size() > 1 ? std::get_if<std::string>(&arguments[1]) : nullptr;
    const auto* number = arguments.size() > 1 ? std::get_if<std::int64_t>(&arguments[1]) : nullptr;
    const auto all = characters_in(text);
    const auto count = number ? static_cast<std::size_t>(*number) : 0;
    switch (n.op) {
        case o::octet_length: return static_cast<std::int64_t>(text.size());
        case o::code_point: return code_point(text);
        case o::reverse: return joined({all.rbegin(), all.rend()}, 0, all.size());
        case o::trim:
        case o::trim_leading:
        case o::trim_trailing: return trimmed(n.op, all, characters_in(*other));
        case o::left: return joined(all, 0, count);
        case o::right: return joined(all, all.size() - std::min(count, all.size()), count);
        case o::repeat: return repeated(text, count);
        case o::pad_left:
        case o::pad_right: return padded(n.op == o::pad_left, all, count, characters_in(std::get<std::string>(arguments[2])));
        case o::position: return position(text, *other);
        case o::substring:
            return joined(all, count - 1,
                          arguments.size() > 2 ? static_cast<std::size_t>(std::get<std::int64_t>(arguments[2])) : all.size());
        case o::starts_with:
        case o::ends_with:
        case o::contains:
        case o::like_escape:
        case o::not_like_escape:
        case o::ilike:
        case o::not_ilike: return other ? searched(n, text, *other) : meaning{no_opinion{}};
        default: return no_opinion{};
    }
}

}  // namespace properties
