#pragma once

#include "catalogue.hpp"

namespace azoth::mysql {

/// Reads information_schema. A schema is what MySQL calls a database.
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& on) noexcept : on_{on} {}
    bool has_table(std::string_view name, std::string_view schema) override;
    std::vector<std::string> table_names(std::string_view schema) override;
    schema_definition read(const reflection_request& request) override;
    std::vector<std::string> schema_names() override;
    std::string default_schema() override;
    std::vector<std::string> view_names(std::string_view schema) override;
    std::vector<std::string> sequence_names(std::string_view schema) override;
    /// MariaDB tells them from 11.2 on (untested); before, and on MySQL, the server has no list of them: not_supported_error.
    std::vector<std::string> temporary_table_names() override;
    std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema) override;
    bool has_schema(std::string_view name) override;
    std::vector<bool> have_views(const std::vector<std::string>& names, std::string_view schema) override;
    std::vector<bool> have_sequences(const std::vector<std::string>& names, std::string_view schema) override;
    std::vector<bool> have_enums(const std::vector<std::string>& names, std::string_view schema) override;
    /// MariaDB's alone: MySQL's catalogue may be a day behind.
    std::vector<next_number> next_numbers(const reflection_request& request) override;

private:
    [[nodiscard]] catalogue_place place_of(std::string_view schema);
    [[nodiscard]] std::vector<std::string> names_of(std::string_view schema, std::string_view kinds);
    [[nodiscard]] std::vector<std::string> found_names(const catalogue_place& place, const std::vector<std::string>& names,
                                                       std::string_view kinds);
    [[nodiscard]] std::vector<bool> have(const std::vector<std::string>& names, std::string_view schema, std::string_view kinds);
    [[nodiscard]] std::vector<std::string> answering_tables(const catalogue_place& place, const std::vector<std::string>& names);
    [[nodiscard]] schema_definition read_temporary(const catalogue_place& place, std::vector<std::string> names);

    executor& on_;
};

}  // namespace azoth::mysql
