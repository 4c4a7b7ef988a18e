#pragma once

#include "catalogue.hpp"

namespace azoth::mysql {

/// The views among what was found, with their queries.
std::vector<view_definition> views_of(executor& on, const catalogue_place& place, const std::vector<found_table>& found,
                                      std::vector<reflection_note>& notes);
/// MariaDB's sequences, by two queries.
std::vector<sequence_definition> sequences_of(executor& on, const catalogue_place& place);

}  // namespace azoth::mysql
