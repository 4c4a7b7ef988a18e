#pragma once

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

/// Reads sqlite_schema. A schema is a database that is attached under that name; the default is "main", and "temp" has the connection's own
/// tables.
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& through) noexcept : on_{through} {}
    bool has_table(std::string_view name, std::string_view schema) override;
    std::vector<std::string> table_names(std::string_view schema) override;
    schema_definition read(const reflection_request& request) override;
    std::vector<std::string> schema_names() override;
    std::string default_schema() override { return "main"; }
    std::vector<std::string> view_names(std::string_view schema) override;
    std::vector<std::string> sequence_names(std::string_view) override { return {}; }
    std::vector<std::string> temporary_table_names() override;
    std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema) override;
    bool has_schema(std::string_view name) override;
    std::vector<bool> have_views(const std::vector<std::string>& names, std::string_view schema) override;
    std::vector<bool> have_enums(const std::vector<std::string>& names, std::string_view) override {
        return std::vector<bool>(names.size());  // a column says its labels itself
    }
    std::vector<next_number> next_numbers(const reflection_request& request) override;

private:
    std::vector<std::string> names_of(std::string_view type, std::string_view schema);
    std::vector<bool> have(std::string_view type, const std::vector<std::string>& names, std::string_view schema);

    executor& on_;
};

}  // namespace azoth::sqlite
