#pragma once

#include "catalogue.hpp"
#include "catalogue_rows.hpp"

namespace azoth::mysql {

/// The views among what was found, with their queries.
std::vector<view_definition> views_of(executor& on, const catalogue_place& place, const std::vector<found_table>& found,
                                      std::vector<reflection_note>& notes);
/// MariaDB's sequences, and how they count.
std::vector<sequence_definition> sequences_of(executor& on, const catalogue_place& place);

struct found_sequence {
    std::string name{};
    std::string comment{};
    catalogue_row state{};  ///< the columns asked for
};
/// MariaDB's sequences and `columns` of each: a sequence is a table of one row. By two queries, and by one more for each where somebody
/// drops one between the two: that one is left out.
std::vector<found_sequence> find_sequences(executor& on, const catalogue_place& place, std::string_view columns);

}  // namespace azoth::mysql
