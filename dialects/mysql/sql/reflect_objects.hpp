#pragma once

#include "catalogue.hpp"
#include "catalogue_rows.hpp"

#include <utility>

namespace azoth::mysql {

/// The views among what was found, with their queries.
std::vector<view_definition> views_of(executor& on, const catalogue_place& place, const std::vector<found_table>& found,
                                      std::vector<reflection_note>& notes);
/// MariaDB's sequences, by two queries.
std::vector<sequence_definition> sequences_of(executor& on, const catalogue_place& place);
/// The names of MariaDB's sequences, and their comments.
std::vector<catalogue_row> sequence_rows(executor& on, const catalogue_place& place);
/// Columns of the sequences themselves, which are tables of one row: by one query, with the place among `sequences`, which is the first
/// column too.
std::vector<std::pair<std::size_t, catalogue_row>> sequence_states(executor& on, const catalogue_place& place,
                                                                   const std::vector<catalogue_row>& sequences, std::string_view columns);

}  // namespace azoth::mysql
