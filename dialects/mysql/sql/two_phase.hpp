#pragma once

#include "session_setup.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azoth::mysql {

/// The identifier of a distributed transaction, as XA statements write it: the program's id, and the database's name as its branch, so that
/// each database sees its own. Throws interface_error (invalid-argument) where the id is empty or has more than 64 bytes.
std::string xid(std::string_view id, std::string_view database);

/// The ids of this database among the rows of XA RECOVER (formatID, gtrid_length, bqual_length, data).
std::vector<std::string> ids_of(const std::vector<text_row>& recovered, std::string_view database);

}  // namespace azoth::mysql
