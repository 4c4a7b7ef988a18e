#pragma once

#include <span>
#include <string_view>

/// A file of sql/ without its ".sql".
struct SqlText {
    std::string_view name;
    std::string_view sql;
};

/// All of them: the build makes a source file of the folder.
std::span<const SqlText> sql_texts();
