#pragma once

#include <azoth/dialect.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::mysql {

/// Whether Azoth writes and reads the table option, which is named as in "mysql.row_format".
bool is_table_option(std::string_view name) noexcept;
/// information_schema's CREATE_OPTIONS, "row_format=COMPRESSED partitioned", by names in small letters.
std::vector<std::pair<std::string, std::string>> create_options_of(std::string_view text);
/// What stands behind a table's columns: engine, character set, comment and the options of its own.
void write_table_options(compiler& out, const table_definition& of);
/// The character set and collation that tables and schemas of Azoth's have: text compares as on other databases, by its characters, cases
/// and blanks at the end included.
void write_house_collation(compiler& out);
/// ... and the engine.
void write_house_options(compiler& out);

}  // namespace azoth::mysql
