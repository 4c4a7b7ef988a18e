#pragma once

#include "model.hpp"

#include <string>

/// Every insert, update and delete of an item leaves an entry, in the same transaction: where that is rolled back, there is none.
void keep_trail(orm::session_events& events, const std::string& who);
