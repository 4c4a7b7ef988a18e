#pragma once

#include <azoth/dialect.hpp>

namespace azoth::postgresql {

/// Reads PostgreSQL's catalogue. Without a schema `has_table` and its like ask for what is found by its bare name, through the search path;
/// what lists names, and `read`, look into the current schema, in which tables are made.
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& through) noexcept : on_{through} {}
    bool has_table(std::string_view name, std::string_view schema) override;
    std::vector<std::string> table_names(std::string_view schema) override;
    schema_definition read(const reflection_request& request) override;
    std::vector<std::string> schema_names() override;
    std::string default_schema() override;
    std::vector<std::string> view_names(std::string_view schema) override;
    std::vector<std::string> sequence_names(std::string_view schema) override;
    std::vector<std::string> temporary_table_names() override;
    std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema) override;
    bool has_schema(std::string_view name) override;
    std::vector<bool> have_views(const std::vector<std::string>& names, std::string_view schema) override;
    std::vector<bool> have_sequences(const std::vector<std::string>& names, std::string_view schema) override;
    std::vector<bool> have_enums(const std::vector<std::string>& names, std::string_view schema) override;
    std::vector<next_number> next_numbers(const reflection_request& request) override;
    std::vector<std::string> written_queries(const std::vector<view_definition>& views) override;

private:
    std::string written_query(const view_definition& of);
    std::vector<bool> have(std::string_view among, const std::vector<std::string>& names, std::string_view schema);
    std::vector<std::string> names(std::string_view sql, std::span<const cell> parameters);
    std::vector<std::string> names_of(std::string_view kinds, std::string_view schema, std::string_view condition = {});

    executor& on_;
};

}  // namespace azoth::postgresql
