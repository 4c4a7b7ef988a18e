#pragma once

#include "session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azoth::sqlite {

/// Runs a statement of the driver's own to its end and drops what it returns.
void run(session& on, std::string_view sql);

/// The first column of every row, as text; NULL as an empty text.
std::vector<std::string> run_for_texts(session& on, std::string_view sql);

/// A name as SQL has it.
std::string quoted_name(std::string_view name);

}  // namespace azoth::sqlite
