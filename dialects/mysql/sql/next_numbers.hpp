#pragma once

#include "catalogue.hpp"

namespace azoth::mysql {

/// What comes next of MariaDB's sequences, behind those numbers that its cache holds, and of AUTO_INCREMENT.
std::vector<next_number> next_numbers(executor& on, const catalogue_place& place, const reflection_request& request);

}  // namespace azoth::mysql
