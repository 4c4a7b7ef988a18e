#include "table_options.hpp"

#include "native_text.hpp"
#include "rules.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::mysql {
namespace {

using std::string_view;

// All take a word or a number.
constexpr std::array<string_view, 20> known_options{
    "engine",           "charset",         "collate",       "auto_increment",    "avg_row_length",         "checksum",
    "compression",      "delay_key_write", "encrypted",     "encryption_key_id", "key_block_size",         "max_rows",
    "min_rows",         "pack_keys",       "page_checksum", "page_compressed",   "page_compression_level", "row_format",
    "stats_persistent", "transactional"};

bool is_option_word(string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// The name behind "mysql." or, on MariaDB only, "mariadb."; empty for options of other dialects.
string_view own_name(const compiler& out, string_view option) {
    for (const string_view owner : {out.rules().family, string_view{out.server().dialect}})
        if (option.size() > owner.size() + 1 && option.starts_with(owner) && option[owner.size()] == '.')
            return option.substr(owner.size() + 1);
    return {};
}

void check_option(string_view name, const std::string& value) {
    if (!is_table_option(name))
        throw_error(errc::not_supported,
                    fmt::format("the table option \"mysql.{}\" is unknown; known_options are {}", name, fmt::join(known_options, ", ")));
    if (!is_option_word(value))
        throw_error(errc::statement, fmt::format("the table option \"mysql.{}\" is a word or a number, and not \"{}\"", name, value));
}

/// The options that are this dialect's, checked.
std::vector<std::pair<string_view, string_view>> own_options(const compiler& out, const table_definition& of) {
    std::vector<std::pair<string_view, string_view>> own;
    for (const auto& [option, value] : of.options) {
        const string_view name = own_name(out, option);
        if (name.empty()) continue;
        check_option(name, value);
        own.emplace_back(name, value);
    }
    return own;
}

}  // namespace

bool is_table_option(string_view name) noexcept { return std::ranges::find(known_options, name) != known_options.end(); }

std::vector<std::pair<std::string, std::string>> create_options_of(string_view text) {
    std::vector<std::pair<std::string, std::string>> options;
    bool is_value = false;
    for (const auto& t : tokens_of(text)) {
        if (t.kind == sql_token::kinds::blank) is_value = false;
        else if (t.is_sign('=')) is_value = true;
        else if (const std::string said = t.value.empty() ? std::string{t.raw} : t.value; is_value && !options.empty())
            options.back().second += said;
        else options.emplace_back(lower_case(said), "");
    }
    return options;
}

void write_house_collation(compiler& out) {
    out << " DEFAULT CHARACTER SET utf8mb4 COLLATE " << (server_is(out, 1, 0) ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin");
}

void write_house_options(compiler& out) {
    out << " ENGINE=InnoDB";
    write_house_collation(out);
}

void write_table_options(compiler& out, const table_definition& of) {
    const auto own = own_options(out, of);
    const auto said = [&](string_view name) { return std::ranges::any_of(own, [&](const auto& o) { return o.first == name; }); };
    if (!said("engine")) out << " ENGINE=InnoDB";
    if (!said("charset") && !said("collate")) write_house_collation(out);
    for (const auto& [name, value] : own) {
        if (name == "charset") out << " DEFAULT CHARACTER SET " << value;
        else if (name == "collate") out << " COLLATE " << value;
        else if (name == "compression") out << " COMPRESSION='" << value << "'";  // a word, and still a text
        else out << " " << upper_case(name) << "=" << value;
    }
    if (of.comment.empty()) return;
    out << " COMMENT=";
    out.literal(cell::text(of.comment), type_kind::text);
}

}  // namespace azoth::mysql
