#pragma once

#include <azoth/dialect.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::firebird {

/// Reads Firebird's catalogue, the tables RDB$...; it has no schemas.
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& on) : on_{on} {}
    [[nodiscard]] bool has_table(std::string_view name, std::string_view schema) override;
    [[nodiscard]] std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema) override;
    [[nodiscard]] std::vector<std::string> table_names(std::string_view schema) override;
    [[nodiscard]] std::vector<std::string> view_names(std::string_view schema) override;
    [[nodiscard]] std::vector<std::string> sequence_names(std::string_view schema) override;
    [[nodiscard]] std::vector<std::string> schema_names() override { return {}; }
    [[nodiscard]] std::string default_schema() override { return {}; }
    [[nodiscard]] schema_definition read(const reflection_request& request) override;

private:
    [[nodiscard]] std::vector<std::string> names(std::string_view condition);
    executor& on_;
};

}  // namespace azoth::firebird
