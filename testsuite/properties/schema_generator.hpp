#pragma once

#include "schema_names.hpp"

#include <optional>
#include <vector>

namespace properties {

/// Random schemas from bytes, of all that a server claims: tables in one or two schemas, with keys, checks, indexes, computed and numbered
/// columns, defaults, comments; sequences, enumerations and views.
class schema_generator {
public:
    schema_generator(byte_source& from, const schema_place& place) noexcept : from_{from}, place_{place}, names_{from, place} {}
    [[nodiscard]] az::metadata make();

private:
    using draft = az::column_draft;
    struct key {
        std::vector<std::size_t> columns{};
    };
    struct drafted_table {
        std::string name{};
        std::string schema{};
        std::vector<draft> columns{};
        std::vector<az::table_element> elements{};
        std::vector<key> keys{};  ///< what others can refer to
        name_maker names;         ///< of its columns
    };

    // Columns.
    [[nodiscard]] az::type any_type();
    [[nodiscard]] az::type text_type();
    [[nodiscard]] az::type number_type();
    [[nodiscard]] az::type enumeration();
    [[nodiscard]] az::type element_type();
    [[nodiscard]] draft column(drafted_table& of);
    void add_default(draft& to);
    [[nodiscard]] az::node_ptr default_literal(const az::type& of);
    void add_computed(drafted_table& to);
    void add_numbers(draft& to);
    [[nodiscard]] bool can_be_key(const draft& c) const;

    // Tables.
    [[nodiscard]] drafted_table empty_table();
    void add_columns(drafted_table& to);
    void add_primary_key(drafted_table& to);
    void add_uniques(drafted_table& to);
    void add_foreign_key(drafted_table& to);
    void refer(drafted_table& from, const drafted_table& to, const key& by);
    void add_checks(drafted_table& to);
    void add_indexes(drafted_table& to);
    [[nodiscard]] az::index_definition index_of(drafted_table& t);
    [[nodiscard]] az::index_element element_of(const draft& c);
    void add_view(az::metadata& to, const az::table& over);
    void add_sequences(az::metadata& to);

    // Conditions over one column, or several.
    [[nodiscard]] az::expr<bool> condition(const drafted_table& over, int depth);
    [[nodiscard]] az::expr<bool> simple_condition(const draft& over);

    [[nodiscard]] std::string schema() { return !place_.second.empty() && from_.one_in(4) ? place_.second : std::string{}; }
    [[nodiscard]] std::string comment();
    [[nodiscard]] az::sequence_options counting(bool in_32_bits);
    /// Some of the columns that `fits` takes, each once, in any order.
    template <class Fits>
    [[nodiscard]] std::vector<std::size_t> some_columns(const drafted_table& of, unsigned at_most, Fits fits);

    byte_source& from_;
    const schema_place& place_;
    name_maker names_;
    std::vector<drafted_table> tables_{};
    std::vector<az::sequence> sequences_{};
    std::vector<az::type> enums_{};
};

template <class Fits>
std::vector<std::size_t> schema_generator::some_columns(const drafted_table& of, unsigned at_most, Fits fits) {
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < of.columns.size(); ++i)
        if (fits(of.columns[i])) fitting.push_back(i);
    std::vector<std::size_t> chosen;
    for (unsigned n = 1 + from_.pick(at_most); n > 0 && !fitting.empty(); --n) {
        const auto at = fitting.begin() + static_cast<std::ptrdiff_t>(from_.pick(static_cast<unsigned>(fitting.size())));
        chosen.push_back(*at);
        fitting.erase(at);
    }
    return chosen;
}

}  // namespace properties
