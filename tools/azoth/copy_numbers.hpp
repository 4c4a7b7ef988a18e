#pragma once

#include "copy_table.hpp"

#include <azoth/azoth.hpp>

#include <vector>

namespace azoth::command {

/// What a database's sequences, and the columns that it numbers, give next.
class counted_numbers {
public:
    counted_numbers(const engine& in, const reflection_request& of);

    /// What goes on otherwise in the copy, sequences and keys alike.
    [[nodiscard]] std::vector<reflection_note> lost_by(const schema_definition& copy, const capabilities& of_target) const;
    /// Has the copy go on as the source would: behind its rows, so that it comes after them.
    void write(const engine& target, const schema_definition& copy, const std::vector<moving_table>& tables) const;

private:
    [[nodiscard]] const next_number* find(const std::string& name, const std::string& column = {}) const;
    void write_column(connection& on, const moving_table& of, const std::string& column, const capabilities& can) const;

    std::vector<next_number> known_{};
};

}  // namespace azoth::command
